import type { ModelPosition } from '../../../kernel/model-state.ts'
import type { ModelChanges, ModelFacts } from '../model-facts.ts'

/** What a model is read at: one snapshot of the database. */
export interface ReadAt extends ModelPosition {
  readonly organisationEnabled: boolean
  /** The oldest transaction that the snapshot may not have seen (`pg_snapshot_xmin`): what is newer is looked for there. */
  readonly unseenFrom: string
}

/** The model that is in force, or the one that will be once what waits is applied. */
export type StateName = 'enforced' | 'pending'

export function revisionOf({ head, enforced }: ModelPosition, state: StateName): number {
  return state === 'enforced' ? enforced : head
}

/** Where models come from. */
export interface ModelSource {
  readFacts(organisation: number, state: StateName): Promise<{ readonly at: ReadAt; readonly facts: ModelFacts }>
  /** What has changed since `before` was read; undefined where that is no longer known, and all must be read anew. */
  readChanges(
    organisation: number,
    state: StateName,
    before: ReadAt,
  ): Promise<{ readonly at: ReadAt; readonly changes: ModelChanges } | undefined>
  /** Where the organisations stand now. */
  readPositions(organisations: readonly number[]): Promise<ReadonlyMap<number, ModelPosition>>
}
