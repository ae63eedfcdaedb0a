import { parentPort, workerData } from 'node:worker_threads'
import { AuthzSyntaxError, parseAuthz, planRepositoryImport } from '@portreeve/svn-authz'
import type { PlanAnswer, PlanQuestion } from './authz-planner.ts'

// The thread of authz-planner.ts: one question, one answer.
function answer({ authz, repository }: PlanQuestion): PlanAnswer {
  try {
    return { plan: planRepositoryImport(parseAuthz(authz), repository) }
  } catch (error) {
    if (!(error instanceof AuthzSyntaxError)) throw error
    return { refused: { line: error.line, message: error.message } }
  }
}

parentPort?.postMessage(answer(workerData as PlanQuestion))
