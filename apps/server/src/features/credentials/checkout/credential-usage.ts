import type { Page } from '../../../kernel/page.ts'
import type { Principal } from '../../../kernel/principal.ts'
import { assertMayEdit } from '../change-credential.ts'
import type { CredentialStore } from '../credential-store.ts'
import type { UsageReads, UsageSummary, UseAtDataSource } from './checkout-store.ts'

export interface CredentialUsageDeps {
  readonly credentials: Pick<CredentialStore, 'findStanding'>
  readonly usage: UsageReads
}

export interface UsageInput {
  readonly caller: Principal
  readonly id: number
  readonly offset: number
  readonly limit: number
}

/** Where login credentials are used, by how many, and when last; for whoever may change them, since it names people. */
export async function credentialUsage(
  deps: CredentialUsageDeps,
  { caller, id, offset, limit }: UsageInput,
): Promise<UsageSummary & { readonly dataSources: Page<UseAtDataSource> }> {
  await assertMayEdit(deps.credentials, caller, id)
  const [summary, dataSources] = await Promise.all([
    deps.usage.summarise(id),
    deps.usage.listDataSources(id, { offset, limit }),
  ])
  return { ...summary, dataSources }
}
