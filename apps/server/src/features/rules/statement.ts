export type PermissionType = 'READ_WRITE' | 'READ' | 'NONE'

/** Whom a rule speaks of: the users it names, every signed-in user, or anonymous visitors too. */
export type Audience = 'members' | 'authenticated' | 'everyone'

/** What one rule says about one path of a repository. */
export interface Statement {
  /** Canonical: `/`, or parts each after a `/`. */
  readonly path: string
  readonly permissionType: PermissionType
  readonly audience: Audience
  /** Usernames, ignored unless the audience is `members`. All statements of one rule share the same array. */
  readonly members: readonly string[]
}

/** Everything that decides who may do what in one repository. */
export interface RepositoryRights {
  readonly statements: readonly Statement[]
  /** Usernames without access anywhere, whatever any statement says: not even what everyone has. */
  readonly disabled: readonly string[]
}
