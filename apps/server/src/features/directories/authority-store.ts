import type { ModelView } from '../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../kernel/page.ts'
import type { LdapAuthority, OpenAuthority } from './ldap-authority.ts'

/** As it is stored. */
export interface SealedAuthority extends LdapAuthority {
  /** Sealed for `destinationOf` the authority. */
  readonly sealedPassword: string | null
}

/** What a proposal may ask about the LDAP authorities of its organisation. */
export interface AuthorityReads {
  findAuthority(id: string): Promise<SealedAuthority | undefined>
  /** The authority of that name key. */
  findAuthorityNamed(nameKey: string): Promise<string | undefined>
  /** How many teams, at the head, and users name it. */
  countAuthorityUses(id: string): Promise<{ readonly teams: number; readonly users: number }>
}

export interface AuthorityWrites {
  insertAuthority(authority: SealedAuthority): Promise<void>
  changeAuthority(authority: SealedAuthority): Promise<void>
  removeAuthority(id: string): Promise<void>
}

/** What the interfaces show of LDAP authorities. */
export interface AuthorityReadModel {
  find(view: Pick<ModelView, 'organisation'>, id: string): Promise<LdapAuthority | undefined>
  list(view: ModelView, request: PageRequest): Promise<Page<LdapAuthority>>
}

/** Authorities for whoever speaks to directories. */
export interface AuthorityAccess {
  /** Throws `sealed_secret.*` when its secret does not open. */
  find(organisation: number, id: string): Promise<OpenAuthority | undefined>
  findWithoutSecret(organisation: number, id: string): Promise<LdapAuthority | undefined>
}

/** Encrypts for one record. */
export interface SecretSealer {
  seal(secret: string, record: string): string
  open(sealed: string, record: string): string
}
