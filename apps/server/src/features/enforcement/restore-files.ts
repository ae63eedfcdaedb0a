import type { EnforcementStore } from './enforcement-store.ts'

const CHUNK = 500
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

export interface RestoreDeps {
  readonly store: Pick<EnforcementStore, 'listPublished'>
  /** The text of `<repository>.authz`, or undefined when there is no such file. */
  readFile(repositoryName: string): Promise<string | undefined>
  writeFiles(files: ReadonlyMap<string, string>): Promise<void>
}

/**
 * Writes again every published file that is missing or differs from what was published, as after a crash, a restored
 * backup or an edit by hand. Answers the names of those repositories.
 */
export async function restoreFiles({ store, readFile, writeFiles }: RestoreDeps): Promise<string[]> {
  const restored: string[] = []
  let after = BEFORE_ALL
  for (;;) {
    const files = await store.listPublished(after, CHUNK)
    const last = files.at(-1)
    if (!last) return restored
    const wrong = new Map<string, string>()
    for (const { repositoryName, content } of files) {
      if ((await readFile(repositoryName)) !== content) wrong.set(repositoryName, content)
    }
    if (wrong.size > 0) await writeFiles(wrong)
    restored.push(...wrong.keys())
    after = last.repositoryId
  }
}
