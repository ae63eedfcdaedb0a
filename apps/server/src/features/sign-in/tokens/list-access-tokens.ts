import type { UserId } from '../../../kernel/ids.ts'
import type { Page } from '../../../kernel/page.ts'
import type { Principal } from '../../../kernel/principal.ts'
import type { AccessToken } from './access-token.ts'
import type { AccessTokenStore } from './access-token-store.ts'

export interface ListAccessTokensDeps {
  readonly accessTokens: Pick<AccessTokenStore, 'listOf'>
}

export interface ListAccessTokensInput {
  readonly caller: Principal
  /** 1-based. */
  readonly pageNumber: number
  readonly pageSize: number
}

/** The caller's own tokens; nobody sees another's. */
export async function listAccessTokens(
  deps: ListAccessTokensDeps,
  { caller, pageNumber, pageSize }: ListAccessTokensInput,
): Promise<Page<AccessToken>> {
  const slice = { offset: (pageNumber - 1) * pageSize, limit: pageSize }
  return deps.accessTokens.listOf(caller.userId as UserId, slice)
}
