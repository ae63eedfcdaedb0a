import type { Page } from '../../kernel/page.ts'
import type { EntryFilter, Person, Standing } from '../data-sources/index.ts'
import type { Credential, CredentialFields, SealedSecret } from './credential.ts'

export interface CredentialQuery {
  readonly organisation: number
  readonly filter: EntryFilter
  /** Only those that are linked to it. */
  readonly dataSource?: number | undefined
  /** Only those whose password is older by then than the organisation's settings want it to be. */
  readonly staleAt?: Date | undefined
}

export interface CredentialReadModel {
  /** By name; one statement, or two for stale ones, whatever the page holds. */
  list(query: CredentialQuery): Promise<Page<Credential>>
}

export interface CredentialViewer {
  readonly organisation: number
  readonly userId: string
}

/** A secret that takes the place of another. */
export interface NewSecret {
  readonly secret: SealedSecret
  readonly at: Date
  readonly by: Person
}

/** Login credentials of all organisations; what is asked for in one is not found in another. */
export interface CredentialStore {
  find(organisation: number, id: number): Promise<Credential | undefined>

  /** Locks them until the end of the transaction. */
  findForChange(organisation: number, id: number): Promise<Credential | undefined>

  /** How a user stands to them; undefined when there are none. */
  findStanding(viewer: CredentialViewer, id: number): Promise<Standing | undefined>

  /** True for the stewards and makers of any data source, and the stewards of any group. */
  isStewardOfAny(viewer: CredentialViewer): Promise<boolean>

  /** An id that nothing has yet: secrets are sealed for it before anything is stored. */
  nextId(): Promise<number>

  /** Throws `entry.name_taken`. */
  add(
    credential: CredentialFields & { readonly id: number },
    made: { readonly at: Date; readonly by: CredentialViewer; readonly secret: NewSecret | undefined },
  ): Promise<void>

  /** Keeps the secret when it is undefined, and forgets it when it is null. Throws `entry.name_taken`. */
  save(
    credential: CredentialFields & { readonly id: number },
    change: { readonly at: Date; readonly secret: NewSecret | null | undefined },
  ): Promise<void>

  findSecret(organisation: number, id: number): Promise<SealedSecret | undefined>

  remove(id: number): Promise<void>
}
