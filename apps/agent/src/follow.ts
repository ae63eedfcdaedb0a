import { type AuthzFiles, type FileIndex, PortreeveError } from '@portreeve/client'
import { AgentError, TokenRefusedError } from './agent-error.ts'
import { backoffMs } from './backoff.ts'
import { type SyncDeps, type SyncResult, syncFiles } from './sync-files.ts'

export interface FollowDeps extends SyncDeps {
  readonly files: Pick<AuthzFiles, 'findIndex'>
  /** The longest between two looks at the directory. */
  readonly waitS: number
  readonly signal: AbortSignal
  /** From 0 to 1. */
  chance(): number
  /** Resolves after so many milliseconds, or when the signal is aborted. */
  pause(forMs: number): Promise<void>
  say(line: string): void
  warn(line: string): void
}

/** An answer that tells nothing new should have taken longer: somebody in between does not let us wait. */
const TOO_SOON_MS = 1_000

/** Brings the directory up to the server once. What is not as it should be is thrown, after all else is done. */
export async function syncOnce(deps: FollowDeps): Promise<void> {
  const result = await orRefused(async () => {
    const index = await deps.files.findIndex({ signal: deps.signal })
    if (!index) throw new AgentError('The server did not send its index of files.')
    return await syncFiles(deps, index)
  })
  report(deps, result)
  if (result.problems.length > 0) throw new AgentError(result.problems.join('\n'))
}

/** Keeps the directory equal to the server's files until the signal. @throws {TokenRefusedError} */
export async function follow(deps: FollowDeps): Promise<void> {
  const { signal, pause } = deps
  const place = new FollowedPlace(deps)
  for (let failures = 0; !signal.aborted; ) {
    const pacing = pause(TOO_SOON_MS)
    const look = await place.look(failures > 0 ? 0 : deps.waitS)
    failures = look === 'failed' ? failures + 1 : 0
    if (look === 'failed') await pause(backoffMs(failures, deps.chance()))
    else if (look === 'same') await pacing
  }
  deps.say('Stopped.')
}

/** What the agent knows of the server, and has said of it. */
class FollowedPlace {
  readonly #deps: FollowDeps
  #known: FileIndex | undefined
  #told = ''

  constructor(deps: FollowDeps) {
    this.#deps = deps
  }

  /** Looks at the server, as soon as it has news, and at all files here; `same` where the server had no news. */
  async look(waitS: number): Promise<'news' | 'same' | 'failed'> {
    try {
      return await orRefused(() => this.#sync(waitS))
    } catch (error) {
      if (error instanceof TokenRefusedError) throw error
      const message = error instanceof Error ? error.message : String(error)
      if (!this.#deps.signal.aborted) this.#tell([`${message} The files stay as they are; trying again.`])
      return 'failed'
    }
  }

  async #sync(waitS: number): Promise<'news' | 'same' | 'failed'> {
    const before = this.#known
    const { files, signal } = this.#deps
    const found = await files.findIndex({ waitS, etag: before?.etag, signal })
    this.#known = found ?? before
    if (!this.#known) throw new Error('The server did not send its index of files.')
    const result = await syncFiles(this.#deps, this.#known)
    report(this.#deps, result)
    this.#tell(result.problems)
    if (result.problems.length > 0) return 'failed'
    // A proxy that makes ETags its own has the server send at once what it sent before: that is no news.
    return this.#known.etag === before?.etag ? 'same' : 'news'
  }

  /** Says how things stand whenever that changes, and only then. */
  #tell(problems: readonly string[]): void {
    const state = problems.length === 0 ? 'In step with the server.' : problems.join('\n')
    if (state === this.#told) return
    this.#told = state
    if (problems.length === 0) this.#deps.say(state)
    else this.#deps.warn(state)
  }
}

/** The token may be refused at any call. */
async function orRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof PortreeveError && (error.status === 401 || error.status === 403))) throw error
    const message = `The server refuses the token (${error.status} ${error.code}): ${error.message}`
    throw new TokenRefusedError(message, { cause: error })
  }
}

function report({ say }: FollowDeps, { replaced, removed }: SyncResult): void {
  for (const name of replaced) say(`${name}: replaced`)
  for (const name of removed) say(`${name}: removed, the server has it no more`)
}
