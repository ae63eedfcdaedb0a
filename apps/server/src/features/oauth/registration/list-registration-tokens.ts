import type { Page } from '../../../kernel/page.ts'
import type { Principal } from '../../../kernel/principal.ts'
import { assertMayViewClients } from '../clients/client-policy.ts'
import type { ListedRegistrationToken } from './registration-token.ts'
import type { RegistrationTokenStore } from './registration-token-store.ts'

export interface ListRegistrationTokensDeps {
  readonly registrationTokens: Pick<RegistrationTokenStore, 'list'>
}

export interface ListRegistrationTokensInput {
  readonly caller: Principal
  /** 1-based. */
  readonly page: number
  readonly pageSize: number
}

/** The initial access tokens that there are, the oldest first, expired ones until they are swept. */
export async function listRegistrationTokens(
  { registrationTokens }: ListRegistrationTokensDeps,
  { caller, page, pageSize }: ListRegistrationTokensInput,
): Promise<Page<ListedRegistrationToken>> {
  assertMayViewClients(caller)
  return registrationTokens.list({ offset: (page - 1) * pageSize, limit: pageSize })
}
