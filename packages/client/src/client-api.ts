import type { ConnectorStateSchema, ConnectorStatusDto, ConnectorTokenDto, NewConnectorDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import { HttpCore } from './http-core.ts'

export type NewConnector = Static<typeof NewConnectorDto>
export type ConnectorStatus = Static<typeof ConnectorStatusDto>
export type ConnectorToken = Static<typeof ConnectorTokenDto>

/** What an installation says of itself, for people to tell their devices apart. */
export interface Device {
  readonly device_name: string
  readonly platform: string
  readonly app_version: string
  /** The client application. */
  readonly client_id: string
}

export interface Registration extends Device {
  readonly email: string
}

export interface LogIn extends Device {
  /** Or the email address. */
  readonly username: string
  readonly password: string
  /** The one-time code of those who turned two-factor on. */
  readonly token?: string
  /** Where several organisations have a user of that name. */
  readonly organisation_id?: number
}

/** The server as client applications see it that have no connector yet. */
export class ClientApi {
  readonly #baseUrl: string
  readonly #http: HttpCore

  /** @param baseUrl such as `http://127.0.0.1:8470` */
  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl
    this.#http = new HttpCore({ baseUrl })
  }

  /** A new connector, Pending until its user confirms it; they are sent a mail. */
  register(registration: Registration): Promise<NewConnector> {
    return this.#http.json({ method: 'POST', path: '/v1/client/register/', body: registration })
  }

  /** Confirms a registration by the code of the mail. */
  async confirm(code: string): Promise<void> {
    await this.#http.perform({ method: 'POST', path: '/v1/client/confirm/', body: { code } })
  }

  /** A new connector, Enabled. */
  logIn(logIn: LogIn): Promise<NewConnector> {
    return this.#http.json({ method: 'POST', path: '/v1/client/login/', body: logIn })
  }

  /** The same server as the connector with this secret sees it. */
  connector(secret: string): OwnConnector {
    return new OwnConnector(this.#baseUrl, secret)
  }
}

export interface StatusOptions {
  /** Waits up to so many seconds, at most 60, for news: an order, or another state than the known one. */
  readonly waitS?: number
  readonly knownState?: Static<typeof ConnectorStateSchema>
  readonly signal?: AbortSignal
}

/** The server is silent for as long as it may wait, and then answers within this. */
const ANSWER_WITHIN_MS = 15_000

/** The calls of a client that has a connector. */
export class OwnConnector {
  readonly #http: HttpCore

  constructor(baseUrl: string, secret: string) {
    this.#http = new HttpCore({ baseUrl, headers: { authorization: `Bearer ${secret}` } })
  }

  /** A short-lived token with the rights of the connector's user, as `PortreeveClient` takes one. */
  issueToken(): Promise<ConnectorToken> {
    return this.#http.json({ method: 'POST', path: '/v1/client/token/' })
  }

  /** How the connector stands; counts as use of it. */
  getStatus({ waitS = 0, knownState, signal }: StatusOptions = {}): Promise<ConnectorStatus> {
    return this.#http.json({
      method: 'GET',
      path: '/v1/client/status/',
      query: { wait: String(waitS), known_state: knownState },
      timeoutMs: waitS * 1000 + ANSWER_WITHIN_MS,
      ...(signal && { signal }),
    })
  }

  /** Says that all personal data kept here is erased. Saying so again does no harm. */
  async confirmWipe(): Promise<void> {
    await this.#http.perform({ method: 'POST', path: '/v1/client/wiped/' })
  }

  /** Deletes the connector, if a login made it. */
  async logOut(): Promise<void> {
    await this.#http.perform({ method: 'POST', path: '/v1/client/logout/' })
  }
}
