import type { AuthzFile, EnforcementStore, StaleState } from './enforcement-store.ts'
import { generateAuthz } from './generate-authz.ts'

/** How many repositories are read, generated and written in one go. */
const CHUNK = 1000
/** How many files are written while the next ones are generated. */
const WRITTEN_TOGETHER = 100

export interface PublishDeps {
  readonly store: EnforcementStore
  /** Writes `<repository>.authz` for each name, every one whole or not at all. */
  writeFiles(files: ReadonlyMap<string, string>): Promise<void>
  /** The text of `<repository>.authz`, or undefined when there is no such file. */
  readFile(repositoryName: string): Promise<string | undefined>
  /** Lets requests that wait be served: generating the file of a large repository takes tens of milliseconds. */
  breathe(): Promise<void>
  /** An opaque version of a file's text: equal for equal texts, and in effect only for these. */
  etagOf(content: string): string
}

/**
 * Brings the published files of an organisation up to what is to be enforced, and its enforced revision with them. Files come first: a
 * crash in between leaves them newer than the database says, and the next round finds them stale still and repeats itself.
 * Whose text did not change is left alone, so its ETag holds.
 */
export async function publishModel(deps: PublishDeps, organisation: number): Promise<void> {
  let isPartial = true
  while (isPartial) {
    // A lock for each chunk: a transaction that idles for minutes is one that the database ends.
    isPartial = await deps.store.withPublicationLock(organisation, async () => {
      const state = await deps.store.readStale(organisation, CHUNK)
      await publishState(deps, organisation, state)
      return state.isPartial
    })
  }
}

async function publishState(deps: PublishDeps, organisation: number, state: StaleState): Promise<void> {
  if (state.isEnforced && state.repositories.length === 0) return
  const writing: Promise<void>[] = []
  try {
    const changed = await generateChanged(deps, state, (files) => {
      const written = deps.writeFiles(new Map(files.map((file) => [file.repositoryName, file.content])))
      // Heard of below, when all of them are waited for.
      written.catch(() => undefined)
      writing.push(written)
    })
    await Promise.all(writing)
    await deps.store.savePublication({
      organisation,
      revision: state.revision,
      changed,
      repositories: state.repositories,
      isComplete: !state.isPartial,
    })
  } finally {
    // Whatever failed: a file still being written must not overtake a newer one that somebody writes under the next lock.
    await Promise.allSettled(writing)
  }
}

/**
 * Generates every file and answers those that differ from what is published, handing them out while it goes on. What a round
 * left behind that failed halfway differs as well, although the database does not know of it.
 */
async function generateChanged(
  deps: PublishDeps,
  state: StaleState,
  handOut: (files: readonly AuthzFile[]) => void,
): Promise<readonly AuthzFile[]> {
  const changed: AuthzFile[] = []
  let handedOut = 0
  const handOutRest = () => {
    if (handedOut < changed.length) handOut(changed.slice(handedOut))
    handedOut = changed.length
  }
  for (const { id, name, etag: published, rights } of state.repositories) {
    const content = generateAuthz(rights)
    await deps.breathe()
    const etag = deps.etagOf(content)
    if (etag !== published || (await deps.readFile(name)) !== content) {
      changed.push({ repositoryId: id, repositoryName: name, etag, content })
    }
    if (changed.length - handedOut >= WRITTEN_TOGETHER) handOutRest()
  }
  handOutRest()
  return changed
}
