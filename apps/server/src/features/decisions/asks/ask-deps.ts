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

/**
 * Waits for the revision that has to be reached, where one has. Before anything else is looked up: what holds beside the model
 * has to be as new as the model.
 */
export async function awaitRevision({ models }: AskDeps, context: AskContext): Promise<void> {
  if (context.wait) await models.get(modelWanted(context))
}

export function modelWanted({ caller, position, state, wait }: AskContext): ModelWanted {
  return { organisation: caller.organisation, state, position, ...(wait && { wait }) }
}
