import type { Clock } from '../../../kernel/clock.ts'
import type { AdminStore } from '../../organisations/index.ts'
import type { SecretSource } from '../secret-source.ts'
import type { SetupCodeStore } from './setup-code-store.ts'

const VALID_MS = 24 * 60 * 60 * 1000

interface Stores {
  readonly admins: Pick<AdminStore, 'lockSuperadmins'>
  readonly setupCodes: Pick<SetupCodeStore, 'add' | 'forget'>
}

export interface IssueSetupLinkDeps {
  readonly clock: Clock
  readonly secrets: SecretSource
  readonly baseUrl: string
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

/**
 * A link with which whoever reads the server's output makes the first superadmin, within 24 hours. Undefined when there
 * is an enabled superadmin. Links of other nodes stay good until one of them is used.
 */
export async function issueSetupLink(deps: IssueSetupLinkDeps): Promise<string | undefined> {
  const code = deps.secrets.next()
  const now = deps.clock.now()
  return deps.inTransaction(async ({ admins, setupCodes }) => {
    if ((await admins.lockSuperadmins()).length > 0) return undefined
    await setupCodes.forget(now)
    await setupCodes.add(deps.secrets.digest(code), new Date(now.getTime() + VALID_MS))
    const link = new URL(`${deps.baseUrl.replace(/\/$/, '')}/setup`)
    link.searchParams.set('code', code)
    return link.href
  })
}
