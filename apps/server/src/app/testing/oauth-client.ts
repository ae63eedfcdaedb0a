import assert from 'node:assert/strict'
import * as oauth from 'oauth4webapi'
import { Browser, type Visited } from './oauth-browser.ts'
import { ISSUER, type OAuthNode, REDIRECT_URI } from './oauth-server.ts'

export interface Tokens {
  readonly access: string
  readonly refresh: string
}

/** An app of the world, by oauth4webapi, at one node. */
export class OAuthApp {
  readonly #client: oauth.Client
  readonly #auth: oauth.ClientAuth
  readonly #node: OAuthNode

  constructor(node: OAuthNode, clientId: string, secret?: string) {
    this.#node = node
    this.#client = { client_id: clientId }
    this.#auth = secret === undefined ? oauth.None() : oauth.ClientSecretBasic(secret)
  }

  get #options() {
    return { [oauth.customFetch]: (url: string, init: object) => this.#node.fetch(url, init as RequestInit) }
  }

  async metadata(): Promise<oauth.AuthorizationServer> {
    const issuer = new URL(ISSUER)
    const answer = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...this.#options })
    return await oauth.processDiscoveryResponse(issuer, answer)
  }

  /** Where the app sends the browser. */
  async authorizationUrl(verifier: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
    const { authorization_endpoint = '' } = await this.metadata()
    const url = new URL(authorization_endpoint)
    url.search = new URLSearchParams({
      client_id: this.#client.client_id,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: 'the-state',
      ...more,
    }).toString()
    return url.href
  }

  /** The tokens for the code that the browser came back with. */
  async redeem(back: Visited, verifier: string): Promise<Tokens> {
    const as = await this.metadata()
    const parameters = oauth.validateAuthResponse(as, this.#client, new URL(back.url), 'the-state')
    const answer = await oauth.authorizationCodeGrantRequest(
      as,
      this.#client,
      this.#auth,
      parameters,
      REDIRECT_URI,
      verifier,
      this.#options,
    )
    return toTokens(await oauth.processAuthorizationCodeResponse(as, this.#client, answer))
  }

  /** All of it: a new browser, whose user signs in and consents. */
  async authorize(browser: Browser = new Browser(this.#node)): Promise<Tokens> {
    const verifier = oauth.generateRandomCodeVerifier()
    await browser.open(await this.authorizationUrl(verifier))
    await browser.signIn()
    return await this.redeem(await browser.submit('consent', { decision: 'allow' }), verifier)
  }

  async refresh(token: string): Promise<Tokens> {
    const as = await this.metadata()
    const answer = await oauth.refreshTokenGrantRequest(as, this.#client, this.#auth, token, this.#options)
    return toTokens(await oauth.processRefreshTokenResponse(as, this.#client, answer))
  }

  /** The answer as it came, for what it says when it refuses. */
  async tryRefresh(token: string): Promise<Response> {
    const as = await this.metadata()
    return await oauth.refreshTokenGrantRequest(as, this.#client, this.#auth, token, this.#options)
  }

  async tryActForItself(): Promise<Response> {
    const as = await this.metadata()
    return await oauth.clientCredentialsGrantRequest(as, this.#client, this.#auth, {}, this.#options)
  }

  async actForItself(): Promise<string> {
    const as = await this.metadata()
    const granted = await oauth.processClientCredentialsResponse(as, this.#client, await this.tryActForItself())
    assert.equal(granted.scope, 'api')
    return granted.access_token
  }

  async introspect(token: string): Promise<oauth.IntrospectionResponse> {
    const as = await this.metadata()
    const answer = await oauth.introspectionRequest(as, this.#client, this.#auth, token, this.#options)
    return await oauth.processIntrospectionResponse(as, this.#client, answer)
  }

  async revoke(token: string): Promise<void> {
    const as = await this.metadata()
    const answer = await oauth.revocationRequest(as, this.#client, this.#auth, token, this.#options)
    await oauth.processRevocationResponse(answer)
  }

  /** What an API of ours answers to the token. */
  async call(operation: string, token: string): Promise<Response> {
    const [method = '', path = ''] = operation.split(' ')
    return await this.#node.fetch(`${ISSUER}${path}`, { method, headers: { authorization: `Bearer ${token}` } })
  }
}

function toTokens({ access_token: access, refresh_token: refresh, expires_in }: oauth.TokenEndpointResponse): Tokens {
  assert.equal(expires_in, 1200)
  assert.ok(refresh)
  return { access, refresh }
}
