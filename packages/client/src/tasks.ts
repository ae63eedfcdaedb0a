import type { TaskDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import { type HttpCore, path } from './http-core.ts'
import { getPage, type Page, type PageRequest } from './page.ts'
import { pause } from './pause.ts'

export type Task = Static<typeof TaskDto>

/** A proposal that came to nothing, or that did not take effect in time. */
export class TaskError extends Error {
  override readonly name = 'TaskError'
  readonly task: Task

  constructor(task: Task, message: string) {
    super(message)
    this.task = task
  }
}

const FIRST_PAUSE_MS = 10
const LONGEST_PAUSE_MS = 1000

/** What became of proposed changes. */
export class Tasks {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  /** The newest first; narrowed by `state` and `type`. Admins see all of the organisation, others what they submitted. */
  page(request: Pick<PageRequest, 'page' | 'pageSize' | 'filter' | 'signal'>): Promise<Page<Task>> {
    return getPage(this.#http, '/api/task', request)
  }

  get(id: string): Promise<Task> {
    return this.#http.json({ method: 'GET', path: path`/api/task/${id}` })
  }

  /** Ends a task that is still pending. */
  async abort(id: string): Promise<void> {
    await this.#http.request({ method: 'PUT', path: path`/api/task/${id}/abort` })
  }

  /** Takes a finished task out of sight. */
  async delete(id: string): Promise<void> {
    await this.#http.request({ method: 'DELETE', path: path`/api/task/${id}` })
  }

  /**
   * Resolves when the files that Subversion reads say what the change says. Asks at growing intervals.
   * @throws {TaskError} when the change failed or was aborted, or is not in force in time.
   */
  async waitUntilEnforced(id: string, { timeoutMs = 60_000 } = {}): Promise<Task> {
    const deadline = Date.now() + timeoutMs
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const task = await this.get(id)
      if (task.enforced) return task
      if (task.state === 'FAILED' || task.state === 'ABORTED') {
        throw new TaskError(task, task.error?.message ?? `The task ${id} is ${task.state.toLowerCase()}.`)
      }
      const leftMs = deadline - Date.now()
      if (leftMs <= 0) throw new TaskError(task, `The task ${id} is not in force after ${timeoutMs} ms.`)
      await pause(Math.min(pauseMs, leftMs))
    }
  }
}
