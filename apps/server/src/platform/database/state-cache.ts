import { LRUCache } from 'lru-cache'
import type { ModelView } from '../../kernel/model-state.ts'

const REMEMBERED = 10_000

/** Remembers single things as they were read in a state of the model: the view names the state, so none can go stale. */
export class StateCache<T extends object> {
  readonly #known = new LRUCache<string, T>({ max: REMEMBERED })

  /** What `read` answers, asked once for a thing in a state. That there is no such thing is not remembered. */
  async find(view: ModelView, id: string, read: () => Promise<T | undefined>): Promise<T | undefined> {
    const key = `${view.organisation} ${view.version} ${id}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const found = await read()
    if (found !== undefined) this.#known.set(key, found)
    return found
  }
}
