import type { ClientApplication } from './client-application.ts'

/** Where secrets of clients come from. */
export interface ClientSecrets {
  /** 256 random bits after `prefix`. */
  next(prefix?: string): string
  digest(secret: string): Uint8Array
}

/** What every secret of a client begins with, so that a leaked one is recognised. */
const PREFIX = 'ptc_'

/** A client and its secret, which is told this once; undefined when it has none, or keeps what it had. */
export interface ClientWithSecret {
  readonly client: ClientApplication
  readonly secret: string | undefined
}

export interface NewSecret {
  readonly secret: string
  readonly secretHash: Uint8Array
}

export function newSecret(secrets: ClientSecrets): NewSecret {
  const secret = secrets.next(PREFIX)
  return { secret, secretHash: secrets.digest(secret) }
}
