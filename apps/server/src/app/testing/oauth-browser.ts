import assert from 'node:assert/strict'
import { ANN, ISSUER, type OAuthNode } from './oauth-server.ts'

/** A page, or where the browser would go beyond the server. */
export interface Visited {
  readonly status: number
  /** Of the page that is shown; where the app takes over when it is not the server's. */
  readonly url: string
  readonly text: string
  readonly headers: Headers
}

/** A browser without scripts: follows redirects, keeps cookies by path, and posts forms as from the page it is on. */
export class Browser {
  readonly #cookies = new Map<string, { readonly value: string; readonly path: string }>()
  #node: OAuthNode
  #at = ISSUER

  constructor(node: OAuthNode) {
    this.#node = node
  }

  /** From now on another node answers. */
  moveTo(node: OAuthNode): void {
    this.#node = node
  }

  /** Those that a request to the path would send. */
  cookieHeader(path: string): string {
    const sent = [...this.#cookies].filter(([, cookie]) => path.startsWith(cookie.path))
    return sent.map(([name, { value }]) => `${name}=${value}`).join('; ')
  }

  async open(url: string): Promise<Visited> {
    return await this.#go(url, {})
  }

  /** Posts the form of the page that leads to `step`. */
  async submit(step: string, fields: Readonly<Record<string, string>> = {}, headers = {}): Promise<Visited> {
    const { pathname } = new URL(this.#at)
    return await this.#go(`${ISSUER}${pathname}/${step}`, {
      method: 'POST',
      headers: { origin: ISSUER, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(fields).toString(),
    })
  }

  async signIn(fields: Readonly<Record<string, string>> = {}): Promise<Visited> {
    const { email, password } = ANN
    return await this.submit('sign-in', { email, password, token: '', ...fields })
  }

  async #go(url: string, init: RequestInit): Promise<Visited> {
    const { pathname } = new URL(url)
    const cookie = this.cookieHeader(pathname)
    const answer = await this.#node.fetch(url, { ...init, headers: { ...init.headers, cookie } })
    this.#keep(answer)
    const location = answer.headers.get('location')
    if (answer.status === 303 && location !== null) {
      const next = new URL(location, ISSUER)
      if (next.origin === ISSUER) return await this.#go(next.href, {})
      return { status: 303, url: next.href, text: '', headers: answer.headers }
    }
    // A form that is refused stays on the page it was on.
    if (init.method !== 'POST') this.#at = url
    return { status: answer.status, url, text: await answer.text(), headers: answer.headers }
  }

  #keep(answer: Response): void {
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      const path = /path=([^;]+)/i.exec(line)?.[1] ?? '/'
      assert.match(line, /httponly/i)
      assert.match(line, /samesite=lax/i)
      assert.match(line, /secure/i)
      if (value === '') this.#cookies.delete(name)
      else this.#cookies.set(name, { value, path })
    }
  }
}
