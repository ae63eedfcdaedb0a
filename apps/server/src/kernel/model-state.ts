/** The revisions an organisation's model is at: `head` is the pending model, `enforced` the one the files were made from. */
export interface Revisions {
  readonly head: number
  readonly enforced: number
}

/** Where a model stands, named so that no other model's answers pass for its own. */
export interface ModelPosition extends Revisions {
  /**
   * Differs between two databases whose revisions count alike: a client may hold answers of either. Renewed by what changes
   * answers at a revision that was made already.
   */
  readonly lineage: string
}

/** Which state of the model to read: the head (cheapest, whatever the history), or as it stood at a revision. */
export type ModelState = 'head' | { readonly revision: number }

/** Whose model to read, in which state of it. */
export interface ModelView {
  readonly organisation: number
  readonly state: ModelState
  /** Names what an answer depends on: the same name, the same answer. */
  readonly version: string
}
