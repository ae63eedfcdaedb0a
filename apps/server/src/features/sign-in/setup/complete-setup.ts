import type { Clock } from '../../../kernel/clock.ts'
import type { IdSource, UserId } from '../../../kernel/ids.ts'
import type { AdminStore } from '../../organisations/index.ts'
import { parseEmail } from '../email.ts'
import { type PasswordHasher, parseNewPassword } from '../password.ts'
import type { SecretSource } from '../secret-source.ts'
import { setupErrors, signInErrors } from '../sign-in-errors.ts'
import { type MakeSuperadminStores, makeSuperadmin } from './make-superadmin.ts'
import type { SetupCodeStore } from './setup-code-store.ts'

interface Stores extends MakeSuperadminStores {
  readonly admins: AdminStore
  readonly setupCodes: SetupCodeStore
}

export interface CompleteSetupDeps {
  readonly clock: Clock
  readonly ids: IdSource
  readonly passwords: Pick<PasswordHasher, 'hash'>
  readonly secrets: Pick<SecretSource, 'digest'>
  readonly setupCodes: Pick<SetupCodeStore, 'isGood'>
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface CompleteSetupInput {
  readonly code: string
  readonly email: string
  readonly password: string
  /** The password again, where a person typed it. */
  readonly repeat?: string | undefined
  readonly requestId: string
}

/** `setup.not_valid` unless the code of a set-up link is good. */
export async function assertSetupCode(
  deps: Pick<CompleteSetupDeps, 'clock' | 'secrets' | 'setupCodes'>,
  code: string,
): Promise<void> {
  if (!(await deps.setupCodes.isGood(deps.secrets.digest(code), deps.clock.now()))) throw setupErrors.not_valid()
}

/** Makes the first superadmin, once. */
export async function completeSetup(deps: CompleteSetupDeps, input: CompleteSetupInput): Promise<UserId> {
  // First of all: who has no code gets no work done.
  await assertSetupCode(deps, input.code)
  const email = parseEmail(input.email)
  const password = parseNewPassword(input.password)
  if (input.repeat !== undefined && input.repeat !== password) throw signInErrors.passwords_differ()
  const superadmin = { id: deps.ids.next<UserId>(), email, passwordHash: await deps.passwords.hash(password) }
  const at = deps.clock.now()
  return deps.inTransaction(async (stores) => {
    const making = { superadmin, at, by: 'set-up link', requestId: input.requestId } as const
    const made = await makeSuperadmin(stores, making)
    if (!made) throw setupErrors.done()
    return made
  })
}
