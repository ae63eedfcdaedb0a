import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { RepositoryImportPlan } from '@portreeve/svn-authz'
import { defineErrors, withCause } from '../../kernel/errors.ts'
import { type TurnLimits, Turns } from '../turns.ts'

/** An authz file, and the repository to plan for. */
export interface PlanQuestion {
  readonly authz: string
  readonly repository: string
}

/** A plan, or where and why Subversion refuses the file. */
export type PlanAnswer =
  | { readonly plan: RepositoryImportPlan }
  | { readonly refused: { readonly line: number; readonly message: string } }

const plannerErrors = defineErrors('import', {
  busy: {
    kind: 'unavailable',
    message: () => 'Other authz files are being planned at this moment. Try again in a minute.',
    retryAfterS: () => 60,
  },
  too_large: {
    kind: 'too_large',
    message: (memoryMb: number) =>
      `authz: to plan this file takes more than ${memoryMb} MB of memory. Leave out of it the sections of other repositories, and groups that nothing names.`,
  },
})

interface PlannerLimits extends TurnLimits {
  readonly memoryMb: number
}

const WORKER = new URL('authz-planner-worker.ts', import.meta.url)
/**
 * A file of 20 MB needs more than a gigabyte, so one is planned at a time; those waiting hold their text alone. One made
 * to need more than the limit ends its own thread, not the server.
 */
const LIMITS: PlannerLimits = { running: 1, waiting: 4, memoryMb: 2048 }

/**
 * Plans imports of authz files in a thread apart: a file for thousands of users takes seconds, in which the server must go
 * on. Throws `import.busy` when too many wait and `import.too_large` for a file that takes more memory than there is.
 */
export class AuthzPlanner {
  readonly #turns: Turns
  readonly #memoryMb: number

  constructor(limits = LIMITS) {
    this.#turns = new Turns(limits, plannerErrors.busy)
    this.#memoryMb = limits.memoryMb
  }

  /** Rejects with the signal's reason when that aborts. */
  async plan(question: PlanQuestion, signal: AbortSignal): Promise<PlanAnswer> {
    return await this.#turns.take(() => this.#ask(question, signal))
  }

  async #ask(question: PlanQuestion, signal: AbortSignal): Promise<PlanAnswer> {
    signal.throwIfAborted()
    const worker = new Worker(WORKER, {
      workerData: question,
      resourceLimits: { maxOldGenerationSizeMb: this.#memoryMb },
    })
    try {
      const [answer] = await once(worker, 'message', { signal })
      return answer as PlanAnswer
    } catch (error) {
      const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      throw isTooLarge ? withCause(plannerErrors.too_large(this.#memoryMb), error) : error
    } finally {
      await worker.terminate()
    }
  }
}
