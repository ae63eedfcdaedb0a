import { generateKeyPairSync, randomBytes } from 'node:crypto'

/** What one authorization server signs with, on every node. */
export interface ServerKeys {
  /** Private, for ID tokens. */
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] }
  readonly cookieKeys: readonly string[]
}

export interface KeySealer {
  seal(secret: string, record: string): string
  open(sealed: string, record: string): string
}

export interface ServerKeyStore {
  /** Keeps what is offered unless something is kept already; answers what is kept. */
  keepFirst(name: string, sealed: string): Promise<string>
}

const NAME = 'server'
const RECORD = 'oauth_key:server'

/** The algorithm ID tokens are signed with. */
export const SIGNING_ALGORITHM = 'ES256'

/** The same keys at every start and on every node: of many that start at once, one makes them. Throws `sealed_secret.*`. */
export async function openServerKeys(store: ServerKeyStore, sealer: KeySealer): Promise<ServerKeys> {
  const kept = await store.keepFirst(NAME, sealer.seal(JSON.stringify(makeKeys()), RECORD))
  // As it was made below.
  return JSON.parse(sealer.open(kept, RECORD)) as ServerKeys
}

function makeKeys(): ServerKeys {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: SIGNING_ALGORITHM }
  return { jwks: { keys: [key] }, cookieKeys: [randomBytes(32).toString('base64url')] }
}
