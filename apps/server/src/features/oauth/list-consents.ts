import type { Page } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { ConsentStore, GivenConsent } from './consent-store.ts'
import { getLookedAfter } from './users-apps-policy.ts'

export interface ListConsentsDeps {
  readonly consents: Pick<ConsentStore, 'findUser' | 'listOf'>
}

export interface ListConsentsInput {
  readonly caller: Principal
  /** Of a user whom the caller looks after, as it stands in the path; the caller's own without. */
  readonly userId?: string
  /** 1-based. */
  readonly page: number
  readonly pageSize: number
}

/** The apps that somebody has let act for them. */
export async function listConsents(
  { consents }: ListConsentsDeps,
  { caller, userId, page, pageSize }: ListConsentsInput,
): Promise<Page<GivenConsent>> {
  const whose = userId === undefined ? caller.userId : (await getLookedAfter(consents, caller, userId)).id
  return consents.listOf(whose, { offset: (page - 1) * pageSize, limit: pageSize })
}
