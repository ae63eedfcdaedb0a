import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'
import { findUnstorableText } from '../../../platform/http/validation/unstorable-text.ts'
import type { Grant, GrantStore } from '../records/grant-store.ts'
import { type FoundToken, type IssuedKind, issuedKindOf } from '../records/issued-token.ts'
import type { IssuedTokenStore } from '../records/issued-token-store.ts'
import { hideIds, type Payload, type RecordKind, showIds } from '../records/oauth-record.ts'
import type { FoundRecord, RecordStore } from '../records/record-store.ts'
import { effectiveScope } from '../scope.ts'
import { isAdmitted } from '../standing-store.ts'
import { type ClientAdapterDeps, clientAdapter } from './client-adapter.http.ts'
import type { ClientRegistry, RegisteredClient } from './registered-client.ts'
import { type RegistrationTokenAdapterDeps, registrationTokenAdapter } from './registration-token-adapter.http.ts'

export interface AdapterDeps extends Omit<ClientAdapterDeps, 'findClient'>, RegistrationTokenAdapterDeps {
  readonly clients: ClientRegistry
  readonly grants: GrantStore
  readonly issuedTokens: IssuedTokenStore
  readonly records: RecordStore
  now(): Date
  /** Who is signed in to this server in the browser that asks; undefined for nobody. */
  findSignedIn(): Promise<string | undefined>
  /** The request that asks what a token is worth, if one does: a token that is kept out is worth nothing. */
  introspection(): { readonly request: object; readonly token: string } | undefined
  /** What is thrown when a client that acts for itself may not come in. */
  refusal(clientId: string): Promise<Error>
  /** What is thrown for a code or refresh token that somebody else consumed at the same moment. */
  alreadyUsed(): Error
  /** What is thrown instead of keeping what no database does. */
  unstorable(problems: readonly string[]): Error
  /** Throws for a browser that begins too many. */
  admitInteraction(clientId: string): void
  /** What is thrown instead of giving something to a sign-in that was ended at the same moment. */
  signInOver(kind: IssuedKind | RecordKind): Error
}

const RECORDS: ReadonlySet<string> = new Set<RecordKind>(['AuthorizationCode', 'RefreshToken'])

/** Where each of oidc-provider's models is kept. */
export function adapterFactory(given: AdapterDeps): AdapterFactory {
  const deps = { ...given, ...lookUpTogether(given) }
  return (model) => {
    if (model === 'Client') return clientAdapter(deps, ABSENT)
    if (model === 'InitialAccessToken') return registrationTokenAdapter(deps, ABSENT)
    if (model === 'Grant') return grantAdapter(deps)
    if (model === 'AccessToken' || model === 'ClientCredentials') return issuedTokenAdapter(deps, model)
    if (model === 'Session') return sessionAdapter(deps)
    if (model === 'Interaction' || RECORDS.has(model)) return recordAdapter(deps, model as RecordKind)
    throw new Error(`The feature of oidc-provider that needs ${model} is not turned on here.`)
  }
}

/** What most models have no use for. */
const ABSENT = {
  findByUid: async () => undefined,
  findByUserCode: async () => undefined,
  consume: async () => undefined,
  revokeByGrantId: async () => undefined,
} satisfies Partial<Adapter>

interface Lookups {
  findClient(id: string): Promise<RegisteredClient | undefined>
  findToken(kind: IssuedKind, id: string): Promise<FoundToken | undefined>
}

/** Whoever introspects a token is looked up along with it: of two statements, one. */
function lookUpTogether({ introspection, issuedTokens, digest }: AdapterDeps): Lookups {
  const shown = new WeakMap<object, FoundToken | undefined>()
  return {
    async findClient(id) {
      const { request, token: text = '' } = introspection() ?? {}
      const kind = issuedKindOf(text)
      if (!request || !kind) return (await issuedTokens.findShown(id)).client
      const { client, token } = await issuedTokens.findShown(id, { kind, tokenHash: digest(text) })
      shown.set(request, token)
      return client
    },
    async findToken(kind, id) {
      // The library looks for one kind after the other.
      if (issuedKindOf(id) !== kind) return undefined
      const { request } = introspection() ?? {}
      if (!request) return await issuedTokens.find(kind, digest(id))
      const token = shown.has(request) ? shown.get(request) : await issuedTokens.find(kind, digest(id))
      return isAdmitted(token?.standing) ? token : undefined
    },
  }
}

function grantAdapter({ grants }: AdapterDeps): Adapter {
  return {
    ...ABSENT,
    async upsert(id, { clientId = '', accountId = '', openid, iat, exp }) {
      const scope = (openid as { readonly scope?: string } | undefined)?.scope ?? ''
      await grants.put({ id, clientId, userId: accountId, scope, createdAt: toDate(iat), expiresAt: toDate(exp) })
    },
    async find(id) {
      const grant = await grants.find(id)
      return grant && toGrantPayload(grant)
    },
    destroy: (id) => grants.remove(id),
  }
}

function toGrantPayload({ id, clientId, userId, scope, createdAt, expiresAt }: Grant): AdapterPayload {
  const times = { iat: toSeconds(createdAt), exp: toSeconds(expiresAt) }
  return { jti: id, kind: 'Grant', clientId, accountId: userId, openid: { scope }, ...times }
}

function issuedTokenAdapter(deps: AdapterDeps & Lookups, kind: IssuedKind): Adapter {
  const { issuedTokens, digest } = deps
  return {
    ...ABSENT,
    async upsert(id, { clientId = '', accountId, grantId, scope, iat, exp }) {
      const times = { createdAt: toDate(iat), expiresAt: toDate(exp) }
      const token = { kind, clientId, userId: accountId, grantId, scope: effectiveScope(scope), ...times }
      if (await issuedTokens.add(digest(id), token)) return
      throw grantId === undefined ? await deps.refusal(clientId) : deps.signInOver(kind)
    },
    async find(id) {
      const token = await deps.findToken(kind, id)
      return token && toTokenPayload(id, token)
    },
    destroy: (id) => issuedTokens.remove(kind, digest(id)),
  }
}

function toTokenPayload(id: string, token: FoundToken): AdapterPayload {
  const { kind, clientId, userId, grantId, scope, createdAt, expiresAt } = token
  return {
    jti: id,
    kind,
    clientId,
    ...(userId !== undefined && { accountId: userId }),
    ...(grantId !== undefined && { grantId }),
    ...(scope !== undefined && { scope }),
    iat: toSeconds(createdAt),
    exp: toSeconds(expiresAt),
  }
}

function recordAdapter(deps: AdapterDeps, kind: RecordKind): Adapter {
  const { records, digest, now } = deps
  return {
    ...ABSENT,
    async upsert(id, payload) {
      const { grantId, exp } = payload
      const problems = findUnstorableText(payload)
      if (problems.length > 0) throw deps.unstorable(problems)
      if (kind === 'Interaction') deps.admitInteraction(String(payload.params?.['client_id']))
      const isKept = await records.put({
        kind,
        idHash: digest(id),
        payload: hideIds(id, payload as Payload),
        expiresAt: toDate(exp),
        // An interaction only speaks of a grant; it does not end with it.
        grantId: kind === 'Interaction' ? undefined : grantId,
        sessionUid: kind === 'Session' ? payload.uid : undefined,
      })
      if (!isKept) throw deps.signInOver(kind)
    },
    async find(id) {
      if (issuedKindOf(id)) return undefined
      const found = await records.find(kind, digest(id))
      return found && { ...showIds(id, found.payload), ...consumption(found) }
    },
    destroy: (id) => records.remove(kind, digest(id)),
    async consume(id) {
      if (!(await records.consume(kind, digest(id), now()))) throw deps.alreadyUsed()
    },
  }
}

/** A session is found only while the browser is signed in to this server as its user: with that it ends, too. */
function sessionAdapter(deps: AdapterDeps): Adapter {
  const kept = recordAdapter(deps, 'Session')
  const ifOwn = async (payload: AdapterPayload | undefined): Promise<AdapterPayload | undefined> => {
    if (payload?.accountId === undefined) return payload
    return (await deps.findSignedIn()) === payload.accountId ? payload : undefined
  }
  return {
    ...kept,
    find: async (id) => ifOwn((await kept.find(id)) ?? undefined),
    findByUid: async (uid) => ifOwn((await deps.records.findSession(uid))?.payload),
  }
}

function consumption({ consumedAt }: FoundRecord): AdapterPayload {
  return consumedAt ? { consumed: toSeconds(consumedAt) } : {}
}

function toDate(seconds: number | undefined): Date {
  if (seconds === undefined) throw new Error('oidc-provider keeps something for ever, which nothing here is.')
  return new Date(seconds * 1000)
}

function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}
