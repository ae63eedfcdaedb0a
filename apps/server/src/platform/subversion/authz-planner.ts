import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { RepositoryImportPlan } from '@portreeve/svn-authz'

/** An authz file, and the repository to plan for. */
export interface PlanQuestion {
  readonly authz: string
  readonly repository: string
}

/** A plan, or where and why Subversion refuses the file. */
export type PlanAnswer =
  | { readonly plan: RepositoryImportPlan }
  | { readonly refused: { readonly line: number; readonly message: string } }

const WORKER = new URL('authz-planner-worker.ts', import.meta.url)
/** A file of 20 MB needs less than half of it; one made to need more ends its own thread, not the server. */
const MEMORY_LIMIT_MB = 2048

/**
 * Plans the import of an authz file in a thread of its own: a file for thousands of users takes seconds, in which the
 * server must go on. Rejects with the signal's reason when that aborts, and with the thread's error when it runs out of memory.
 */
export async function planAuthz(question: PlanQuestion, signal: AbortSignal): Promise<PlanAnswer> {
  signal.throwIfAborted()
  const worker = new Worker(WORKER, {
    workerData: question,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT_MB },
  })
  try {
    const [answer] = await once(worker, 'message', { signal })
    return answer as PlanAnswer
  } finally {
    await worker.terminate()
  }
}
