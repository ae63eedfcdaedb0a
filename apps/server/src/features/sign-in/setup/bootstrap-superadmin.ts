import type { Clock } from '../../../kernel/clock.ts'
import type { IdSource, UserId } from '../../../kernel/ids.ts'
import { parseEmail } from '../email.ts'
import type { PasswordHasher } from '../password.ts'
import { type MakeSuperadminStores, makeSuperadmin } from './make-superadmin.ts'

export interface BootstrapSuperadminDeps {
  readonly clock: Clock
  readonly ids: IdSource
  readonly passwords: Pick<PasswordHasher, 'hash'>
  inTransaction<T>(work: (stores: MakeSuperadminStores) => Promise<T>): Promise<T>
}

export interface BootstrapSuperadminInput {
  readonly email: string
  /** Taken as it is: what is good enough is the operator's to judge. */
  readonly password: string
}

/**
 * Makes user `admin` of organisation 1 the first superadmin, with every flag, and answers who that is. Does nothing, and
 * answers undefined, when there is an enabled superadmin: it may run at every start of every node.
 */
export async function bootstrapSuperadmin(
  deps: BootstrapSuperadminDeps,
  { email: text, password }: BootstrapSuperadminInput,
): Promise<UserId | undefined> {
  const email = parseEmail(text)
  const passwordHash = await deps.passwords.hash(password)
  const superadmin = { id: deps.ids.next<UserId>(), email, passwordHash }
  const making = { superadmin, at: deps.clock.now(), by: 'configuration' } as const
  return deps.inTransaction((stores) => makeSuperadmin(stores, making))
}
