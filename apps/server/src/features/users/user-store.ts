import type { ModelView } from '../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { User } from './user.ts'

/** An entry of a directory. */
export interface NamedEntry {
  readonly authority: string
  readonly dn: string
}

/** What a proposal may ask about the users of its organisation. */
export interface UserReads {
  /** False when the organisation knows people from its directory alone. */
  allowsLocalUsers(): Promise<boolean>
  /** True when the organisation has this LDAP authority. */
  hasAuthority(id: string): Promise<boolean>
  usernameTaken(username: string): Promise<boolean>
  /** True when an account of any organisation, but for the user's own, signs in with this address. */
  signInEmailTaken(email: string, user: string): Promise<boolean>
  /** True when another user of the organisation comes from this directory entry. */
  entryTaken(entry: NamedEntry, user: string): Promise<boolean>
  /** Those of `ids` that are no users of the organisation. */
  unknownUsers(ids: readonly string[]): Promise<readonly string[]>
  /** Repositories in which a disabled user has to be told apart: those with rules for a wider audience than members. */
  repositoriesOpenToMore(): Promise<readonly string[]>
}

export interface UserWrites {
  insertUser(user: User & { readonly passwordHash: string | null }): Promise<void>
}

/** Which users; all of what is given must hold. */
export interface UserFilter {
  /** What the username, the display name or the email address contains, whatever the case. */
  readonly search?: string | undefined
  readonly role?: Principal['role'] | undefined
  readonly enabled?: boolean | undefined
}

/** What the interfaces show of users. */
export interface UserReadModel {
  find(view: ModelView, id: string): Promise<User | undefined>
  findByUsername(view: ModelView, username: string): Promise<User | undefined>
  list(view: ModelView, request: PageRequest, filter: UserFilter): Promise<Page<User>>
  /** Of the users with these ids, or of all; in the order of their names. */
  count(view: ModelView, ids: readonly string[] | undefined): Promise<readonly UserCounts[]>
}

/** How much a user is part of. */
export interface UserCounts {
  readonly id: string
  readonly teams: number
  readonly rules: number
  readonly resources: number
}

/** Version rows that name users, each with `user_id` and `username`. */
export interface NamingRows {
  /** Of the list, in its statements' names. */
  readonly name: string
  readonly table: string
  /** The column of what names them. */
  readonly owner: string
  /** Which rows a list is of, over its owner `$1`, where they are found in another way than by that column. */
  readonly scope?: string
  /** What takes a row out: rows of another such table, called `other`, that `on` is true of. */
  readonly without?: { readonly table: string; readonly on: string }
}

/** Lists of the users that a team, a rule or the like names. */
export type NamedUserLists = (
  rows: NamingRows,
) => (view: ModelView, owner: string, request: PageRequest) => Promise<Page<User>>

/** Lists of the users of the organisation that a team or the like does not name. */
export type UnnamedUserLists = (rows: Pick<NamingRows, 'name' | 'table' | 'owner'>) => ReturnType<NamedUserLists>
