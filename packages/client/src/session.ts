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

/** The present session, of a client made by `PortreeveClient.signIn`. */
export class Session {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
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
