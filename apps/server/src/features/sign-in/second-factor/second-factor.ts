import type { UserId } from '../../../kernel/ids.ts'
import { CODE_PARAMETERS } from './one-time-code.ts'

/** A secret that the user's authenticator app shares with us. */
export interface SecondFactor {
  readonly userId: UserId
  readonly sealedSecret: string
  readonly enrolledAt: Date
  /** Undefined while the user has not shown yet that their app knows it: it is not asked for until then. */
  readonly turnedOnAt: Date | undefined
  /** The time step of the last code that was accepted. */
  readonly lastStep: number | undefined
}

/** Encrypts secrets that must be read again, each for one record only. `open` throws `sealed_secret.*`. */
export interface SecretSealer {
  seal(secret: string, record: string): string
  open(sealed: string, record: string): string
}

/** As long as the SHA-1 it goes into (RFC 4226, 4, R6). */
export const SECRET_BYTES = 20

/** What a sealed secret belongs to. */
export function sealRecord(userId: UserId): string {
  return `second factor of user ${userId}`
}

const ISSUER = 'Portreeve'

/** What an authenticator app scans: the Key Uri Format of Google Authenticator, which all of them read. */
export function otpauthUri(account: string, secret: string): string {
  const query = new URLSearchParams({ secret, issuer: ISSUER, ...CODE_PARAMETERS })
  return `otpauth://totp/${ISSUER}:${encodeURIComponent(account)}?${query}`
}
