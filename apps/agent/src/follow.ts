import { type AuthzFiles, type FileIndex, PortreeveError } from '@portreeve/client'
import { AgentError } from './agent-error.ts'
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
  const index = await findIndex(deps, { waitS: 0, etag: undefined })
  if (!index) throw new AgentError('The server did not send its index of files.')
  const result = await syncFiles(deps, index)
  report(deps, result)
  if (result.problems.length > 0) throw new AgentError(result.problems.join('\n'))
}

/** Keeps the directory equal to the server's files until the signal. @throws {AgentError} when the server refuses the token */
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
      const found = await findIndex(this.#deps, { waitS, etag: this.#known?.etag })
      this.#known = found ?? this.#known
      if (!this.#known) throw new Error('The server did not send its index of files.')
      const result = await syncFiles(this.#deps, this.#known)
      report(this.#deps, result)
      this.#tell(result.problems)
      if (result.problems.length > 0) return 'failed'
      return found ? 'news' : 'same'
    } catch (error) {
      if (error instanceof AgentError) throw error
      const message = error instanceof Error ? error.message : String(error)
      if (!this.#deps.signal.aborted) this.#tell([`${message} The files stay as they are; trying again.`])
      return 'failed'
    }
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

async function findIndex(
  { files, signal }: FollowDeps,
  { waitS, etag }: { readonly waitS: number; readonly etag: string | undefined },
): Promise<FileIndex | undefined> {
  try {
    return await files.findIndex({ waitS, etag, signal })
  } catch (error) {
    if (error instanceof PortreeveError && (error.status === 401 || error.status === 403)) {
      throw new AgentError(`The server refuses the token (${error.status} ${error.code}): ${error.message}`, {
        cause: error,
      })
    }
    throw error
  }
}

function report({ say }: FollowDeps, { replaced, removed }: SyncResult): void {
  for (const name of replaced) say(`${name}: replaced`)
  for (const name of removed) say(`${name}: removed, the server has it no more`)
}
