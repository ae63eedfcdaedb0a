import { type HttpCore, path } from './http-core.ts'
import { getNumberedPage, getPage, type Page, type PageRequest } from './page.ts'
import type { Proof } from './session.ts'

/** One sign-in of the caller that has not ended. Times are RFC 3339. */
export interface OwnSession {
  readonly session_id: string
  readonly created_at: string
  readonly last_seen_at: string
  readonly expires_at: string
  readonly authenticated_at: string
  /** The address it was begun from. */
  readonly source?: string
  readonly user_agent?: string
  /** Whether this request came with it. */
  readonly current: boolean
}

export interface AccessToken {
  readonly id: string
  readonly name: string
  readonly createdAt: string
  readonly lastUsedAt?: string
  readonly expiresAt?: string
}

/** With its secret, which is told this once. */
export interface NewAccessToken extends AccessToken {
  readonly token: string
}

export interface SecondFactor {
  readonly state: 'off' | 'pending' | 'on'
  readonly turned_on_at?: string
  readonly recovery_codes_left?: number
}

export interface Enrolment {
  /** To be shown as a QR code. */
  readonly otpauth_uri: string
  /** Base32, to be typed instead. */
  readonly secret: string
}

export interface RecoveryCodes {
  readonly recovery_codes: readonly string[]
}

const SESSIONS = '/v1/admin/sessions/'
const SECOND_FACTOR = '/v1/admin/second-factor/'

/** What everybody decides for themselves: sessions, access tokens, second factor. */
export class OwnAccount {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  sessions(request: PageRequest): Promise<Page<OwnSession>> {
    return getNumberedPage(this.#http, { path: SESSIONS, member: 'sessions' }, request)
  }

  async endSession(id: string): Promise<void> {
    await this.#http.perform({ method: 'DELETE', path: path`/v1/admin/sessions/${id}/` })
  }

  /** All but the present one. */
  async endOtherSessions(): Promise<void> {
    await this.#http.perform({ method: 'DELETE', path: SESSIONS })
  }

  accessTokens(request: PageRequest): Promise<Page<AccessToken>> {
    return getPage(this.#http, '/api/tokens', request)
  }

  createAccessToken(token: { readonly name: string; readonly expiresAt?: string }): Promise<NewAccessToken> {
    return this.#http.json({ method: 'POST', path: '/api/tokens', body: token })
  }

  async deleteAccessToken(id: string): Promise<void> {
    await this.#http.perform({ method: 'DELETE', path: path`/api/tokens/${id}` })
  }

  secondFactor(): Promise<SecondFactor> {
    return this.#http.json({ method: 'GET', path: SECOND_FACTOR })
  }

  /** Needs a fresh session; has no effect until a code is verified. */
  enrolSecondFactor(): Promise<Enrolment> {
    return this.#http.json({ method: 'POST', path: SECOND_FACTOR })
  }

  /** Turns it on, and ends the caller's other sessions. */
  verifySecondFactor(token: string): Promise<RecoveryCodes> {
    return this.#http.json({ method: 'POST', path: `${SECOND_FACTOR}verify/`, body: { token } })
  }

  async turnOffSecondFactor(proof: Partial<Proof>): Promise<void> {
    await this.#http.perform({ method: 'POST', path: `${SECOND_FACTOR}turn-off/`, body: proof })
  }

  renewRecoveryCodes(proof: Partial<Proof>): Promise<RecoveryCodes> {
    return this.#http.json({ method: 'POST', path: `${SECOND_FACTOR}recovery-codes/`, body: proof })
  }
}
