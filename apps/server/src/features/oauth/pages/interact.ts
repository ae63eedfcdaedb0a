import type { Clock } from '../../../kernel/clock.ts'
import type { Principal } from '../../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../../audit/index.ts'
import { REFUSALS, type Refusal, refusalOf } from '../../permitted-clients/index.ts'
import type { ConsentStore } from '../consent-store.ts'
import { oauthErrors } from '../oauth-errors.ts'
import { COOKIES } from '../server/endpoints.ts'
import type { StandingStore } from '../standing-store.ts'
import type { Interaction, Interactions } from './interaction.ts'

export interface InteractDeps {
  readonly clock: Clock
  readonly interactions: Interactions
  readonly standings: StandingStore
  inTransaction<T>(work: (stores: InteractStores) => Promise<T>): Promise<T>
}

interface InteractStores {
  readonly consents: Pick<ConsentStore, 'put'>
  readonly audit: AuditStore
}

/** The interaction of this very browser; a link to somebody else's leads nowhere. Throws `oauth.interaction_over`. */
export async function getInteraction(
  { interactions }: Pick<InteractDeps, 'interactions'>,
  uid: string,
  cookies: Readonly<Record<string, string | undefined>>,
): Promise<Interaction> {
  const interaction = cookies[COOKIES.interaction] === uid ? await interactions.find(uid) : undefined
  if (!interaction) throw oauthErrors.interaction_over()
  return interaction
}

/** Why the app is stopped; undefined when it no longer is. */
export async function findRefusal(
  { standings }: Pick<InteractDeps, 'standings'>,
  { client, userId }: Interaction,
): Promise<Refusal | undefined> {
  const standing = await standings.find(client.id, userId)
  return standing ? refusalOf(standing) : 'client_not_permitted'
}

/** Where the browser goes on once the user has shown who they are; `at` is when they did, which apps are told. */
export async function goOnAs(
  deps: Pick<InteractDeps, 'interactions'>,
  { uid }: Interaction,
  { userId, at }: { readonly userId: string; readonly at: Date },
): Promise<string> {
  const ts = Math.floor(at.getTime() / 1000)
  return finish(deps, uid, { login: { accountId: userId, ts, remember: false } })
}

/** The user lets the app act for them, from now on. */
export async function consent(
  deps: InteractDeps,
  { uid, client, scope }: Interaction,
  { caller, requestId }: { readonly caller: Principal; readonly requestId: string },
): Promise<string> {
  const at = deps.clock.now()
  await deps.inTransaction(async ({ consents, audit }) => {
    await consents.put({ userId: caller.userId, clientId: client.id, scope }, at)
    await audit.record({
      organisation: caller.homeOrganisation,
      at,
      actor: actorOf(caller),
      action: 'client.consent',
      object: { type: 'client', id: client.id },
      details: { scope },
      requestId,
    })
  })
  return finish(deps, uid, { consent: {} })
}

/** Back to the app, which is told why. */
export async function leave(deps: InteractDeps, interaction: Interaction): Promise<string> {
  const refusal = interaction.prompt === 'gate' ? await findRefusal(deps, interaction) : undefined
  const reason = refusal
    ? { error: 'unauthorized_client', error_description: REFUSALS[refusal] }
    : { error: 'access_denied', error_description: 'The user did not let the app in.' }
  return finish(deps, interaction.uid, reason)
}

/** On with whatever else there is to ask. */
export function goOn(deps: Pick<InteractDeps, 'interactions'>, { uid }: Interaction): Promise<string> {
  return finish(deps, uid, {})
}

async function finish(
  { interactions }: Pick<InteractDeps, 'interactions'>,
  uid: string,
  result: Parameters<Interactions['finish']>[1],
): Promise<string> {
  const next = await interactions.finish(uid, result)
  if (next === undefined) throw oauthErrors.interaction_over()
  return next
}
