import type { EnforcementStore } from './enforcement-store.ts'

const CHUNK = 500
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

export interface RestoreDeps {
  readonly store: Pick<EnforcementStore, 'listPublished' | 'findPublished' | 'withPublicationLock'>
  /** The text of `<repository>.authz`, or undefined when there is no such file. */
  readFile(repositoryName: string): Promise<string | undefined>
  writeFiles(files: ReadonlyMap<string, string>): Promise<void>
}

/**
 * Writes again every published file that is missing or differs from what was published, as after a crash, a restored
 * backup or an edit by hand. Answers the names of those repositories.
 */
export async function restoreFiles(deps: RestoreDeps): Promise<string[]> {
  const restored: string[] = []
  let after = BEFORE_ALL
  for (;;) {
    const files = await deps.store.listPublished(after, CHUNK)
    const last = files.at(-1)
    if (!last) return restored
    const suspect = await listWrong(deps, files)
    for (const [organisation, theirs] of Map.groupBy(suspect, (file) => file.organisation)) {
      const ids = theirs.map(({ repositoryId }) => repositoryId)
      restored.push(...(await restoreOf(deps, organisation, ids)))
    }
    after = last.repositoryId
  }
}

/** Looks again under the lock: another node may have published since, or been about to. */
async function restoreOf(deps: RestoreDeps, organisation: number, ids: readonly string[]): Promise<string[]> {
  return await deps.store.withPublicationLock(organisation, async () => {
    const wrong = await listWrong(deps, await deps.store.findPublished(organisation, ids))
    const texts = new Map(wrong.map(({ repositoryName, content }) => [repositoryName, content]))
    if (texts.size > 0) await deps.writeFiles(texts)
    return [...texts.keys()]
  })
}

async function listWrong<File extends { readonly repositoryName: string; readonly content: string }>(
  { readFile }: Pick<RestoreDeps, 'readFile'>,
  files: readonly File[],
): Promise<File[]> {
  const wrong: File[] = []
  for (const file of files) if ((await readFile(file.repositoryName)) !== file.content) wrong.push(file)
  return wrong
}
