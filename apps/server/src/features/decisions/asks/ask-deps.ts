import type { Clock } from '../../../kernel/clock.ts'
import type { ModelPosition } from '../../../kernel/model-state.ts'
import type { Principal } from '../../../kernel/principal.ts'
import type { DecisionModels, ModelWanted } from '../freshness/decision-models.ts'
import type { LiveFactsStore } from './live-facts.ts'

export interface AskDeps {
  readonly clock: Clock
  readonly facts: LiveFactsStore
  readonly models: Pick<DecisionModels, 'get'>
  /** Lets requests that wait be served. */
  breathe(): Promise<void>
}

/** Who asks, and which model. */
export interface AskContext extends Pick<ModelWanted, 'state' | 'wait'> {
  readonly caller: Principal
  readonly position: ModelPosition
}

export function modelWanted({ caller, position, state, wait }: AskContext): ModelWanted {
  return { organisation: caller.organisation, state, position, ...(wait && { wait }) }
}
