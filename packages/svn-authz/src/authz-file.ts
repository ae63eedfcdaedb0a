/** What a Subversion authz rule grants: reading and writing, reading, or nothing. */
export type Access = 'rw' | 'r' | 'no'

/** A user, an alias of one (`&name`) or a group (`@name`). The name is written without its sigil. */
export interface Named {
  readonly kind: 'user' | 'alias' | 'group'
  readonly name: string
}

/** `*`, `$anonymous` or `$authenticated`. */
export interface Audience {
  readonly kind: 'everyone' | 'anonymous' | 'authenticated'
}

/** Whom an access entry speaks of: `*`, `$anonymous`, `$authenticated`, or someone named. */
export type Subject = Audience | Named

/** One line of a section, such as `@writers = rw` or, inverted, `~alice = r`. */
export interface Entry {
  readonly subject: Subject
  readonly inverted: boolean
  readonly access: Access
}

/** A `[repository:/path]` section; without a repository it speaks of every one. */
export interface Section {
  readonly repository?: string
  readonly glob: boolean
  readonly path: string
  readonly entries: readonly Entry[]
}

/** A parsed authz file. Maps and lists keep the order of the file. */
export interface AuthzFile {
  readonly aliases: ReadonlyMap<string, string>
  readonly groups: ReadonlyMap<string, readonly Named[]>
  readonly sections: readonly Section[]
}

/** Subversion refuses the file, and with it everything the file would have granted. */
export class AuthzSyntaxError extends Error {
  override readonly name = 'AuthzSyntaxError'
  /** 1-based. */
  readonly line: number

  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

/** The file can be read and printed here, but what Subversion makes of it cannot be said. */
export class AuthzUnsupportedError extends Error {
  override readonly name = 'AuthzUnsupportedError'
}

/** Whether the file has `[:glob:…]` sections (Subversion 1.10), which are not evaluated here. */
export function hasGlobs(file: AuthzFile): boolean {
  return file.sections.some((section) => section.glob)
}
