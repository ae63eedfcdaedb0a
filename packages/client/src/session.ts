import { HttpCore } from './http-core.ts'

/** What a user shows to prove who they are. */
export interface Proof {
  readonly password: string
  /** The one-time code, or a recovery code, of those who turned two-factor on. */
  readonly token?: string
}

export interface Credentials extends Proof {
  readonly email: string
}

/** Who is signed in, and what they may do. Times are RFC 3339. */
export interface CurrentSession {
  readonly user_id: string
  readonly username: string
  readonly role: 'user' | 'admin' | 'superadmin'
  readonly flags: readonly string[]
  /** The one they belong to. */
  readonly organisation_id: number
  /** The one they act in. */
  readonly acting_organisation_id: number
  /** Absent for access tokens. */
  readonly session_id?: string
  readonly authenticated_at?: string
  /** Until when what cannot be undone is done without asking for the password again. */
  readonly fresh_until?: string
}

export interface NewSuperadmin {
  /** Of the set-up link that the server prints. */
  readonly code: string
  readonly email: string
  readonly password: string
}

/** The present session, of a client made by `PortreeveClient.signIn` or of the browser. */
export class Session {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  current(): Promise<CurrentSession> {
    return this.#http.json({ method: 'GET', path: '/v1/admin/session/' })
  }

  /** Begins one that the browser keeps. */
  async begin(credentials: Credentials): Promise<void> {
    await this.#http.perform({ method: 'POST', path: '/v1/admin/login/', body: credentials })
  }

  /** Whether the server waits for its first superadmin. */
  async needsSetup(): Promise<boolean> {
    return (await this.#http.json<{ readonly needed: boolean }>({ method: 'GET', path: '/v1/admin/setup/' })).needed
  }

  /** Makes the first superadmin, once. */
  async setUp(superadmin: NewSuperadmin): Promise<void> {
    await this.#http.perform({ method: 'POST', path: '/setup', body: superadmin })
  }

  /** Makes it fresh again, for what cannot be undone. */
  async reauthenticate(proof: Proof): Promise<void> {
    await this.#http.perform({ method: 'POST', path: '/v1/admin/reauthenticate/', body: proof })
  }

  async end(): Promise<void> {
    await this.#http.perform({ method: 'POST', path: '/v1/admin/logout/' })
  }
}

/** The cookie of a new session. */
export async function beginSession(baseUrl: string, credentials: Credentials): Promise<string> {
  const http = new HttpCore({ baseUrl })
  const answer = await http.request({ method: 'POST', path: '/v1/admin/login/', body: credentials })
  await answer.body?.cancel()
  const [cookie] = answer.headers.getSetCookie().map((line) => line.split(';', 1)[0])
  if (cookie === undefined) throw new Error('/v1/admin/login/ answered without a cookie.')
  return cookie
}

/** Changes by a session need to say where they come from. */
export function sessionHeaders(baseUrl: string, cookie: string): Readonly<Record<string, string>> {
  return { cookie, origin: new URL(baseUrl).origin }
}
