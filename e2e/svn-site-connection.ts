import { Agent, request } from 'node:http'
import { passwordOf } from './svn-site.ts'

/** One connection to a web server, kept open, by which a user asks for the same thing again and again. */
export class KeptConnection implements Disposable {
  readonly #url: string
  readonly #user: string
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  #isOpen = false

  constructor(url: string, user: string) {
    this.#url = url
    this.#user = user
  }

  /** The status of the answer. Rejects when it comes by another connection than the answer before. */
  get(): Promise<number | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
    const auth = `${this.#user}:${passwordOf(this.#user)}`
    const asking = request(this.#url, { agent: this.#agent, auth }, (answer) => {
      if (this.#isOpen && !asking.reusedSocket) reject(new Error('The connection was not kept.'))
      this.#isOpen = true
      answer.resume().once('end', () => resolve(answer.statusCode))
    })
    asking.once('error', reject).end()
    return promise
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }
}
