import type { interactionPolicy, KoaContextWithOIDC } from 'oidc-provider'
import { REFUSALS, type Refusal, refusalOf } from '../../permitted-clients/index.ts'
import type { StandingStore } from '../standing-store.ts'
import type { OidcLibrary } from './library.http.ts'

export interface GatePolicyDeps {
  readonly standings: StandingStore
}

/**
 * What is asked of a user on the way: to sign in, whether the client is let in at all, and whether it may act for them. With
 * `prompt=none` the first of these that is not settled is the error.
 */
export function gatePolicy(library: OidcLibrary, { standings }: GatePolicyDeps): interactionPolicy.Prompt[] {
  const { base, Check, Prompt } = library.interactionPolicy
  const seen = new WeakMap<KoaContextWithOIDC, Promise<Refusal | undefined>>()
  const look = (ctx: KoaContextWithOIDC): Promise<Refusal | undefined> => {
    const refusal = seen.get(ctx) ?? findRefusal(standings, ctx)
    seen.set(ctx, refusal)
    return refusal
  }
  const check = (refusal: Refusal) =>
    new Check(refusal, REFUSALS[refusal], 'unauthorized_client', async (ctx) => (await look(ctx)) === refusal)
  const policy = base()
  policy.add(new Prompt({ name: 'gate' }, check('client_disabled'), check('client_not_permitted')), 1)
  return policy
}

async function findRefusal(
  standings: StandingStore,
  { oidc: { client, session } }: KoaContextWithOIDC,
): Promise<Refusal | undefined> {
  if (!client || session?.accountId === undefined) return undefined
  const standing = await standings.find(client.clientId, session.accountId)
  return standing ? refusalOf(standing) : 'client_not_permitted'
}
