import type { FileIndex } from '@portreeve/client'
import { digestOf, type HostDirectory } from './host-directory.ts'
import { planGone, planWanted, type WantedFile } from './plan-sync.ts'

export interface SyncDeps {
  readonly directory: Pick<HostDirectory, 'placed' | 'digest' | 'replace' | 'claim' | 'remove' | 'sync'>
  /** The bytes of a repository's file. */
  readFile(repositoryId: string): Promise<Uint8Array>
  /** Throws when Subversion would refuse the file. */
  check(file: string): Promise<void>
  /** Repositories whose files this host has; all when absent. */
  readonly only: ReadonlySet<string> | undefined
  /** What to do with files that the server has no more. */
  readonly gone: 'remove' | 'keep'
}

export interface SyncResult {
  readonly replaced: readonly string[]
  readonly removed: readonly string[]
  /** Why the directory is not as it should be; empty when it is. */
  readonly problems: readonly string[]
}

/** A file that must not be put in place; the last good one stays. */
export class BadFileError extends Error {
  override readonly name = 'BadFileError'
}

const PARALLEL = 8

/** Makes the directory what the index says. A bad file is a problem of its own and holds up no other. */
export async function syncFiles(deps: SyncDeps, index: FileIndex): Promise<SyncResult> {
  const { directory } = deps
  const { files, refused } = planWanted(index.files, deps.only)
  const problems = refused.map((name) => `${JSON.stringify(name)} cannot be the name of a file.`)
  // First: a file that is gone says who has lost their access.
  const gone = planGone(directory.placed, files)
  if (gone.length > 0 && deps.gone === 'remove') await directory.remove(gone)
  else problems.push(...gone.map((name) => `${name} is kept although the server has it no more.`))
  const replaced: string[] = []
  await directory.claim(files.map(({ fileName }) => fileName))
  const waiting = files.values()
  const work = async () => {
    for (const file of waiting) {
      const outcome = await bring(deps, file)
      if (outcome === 'replaced') replaced.push(file.fileName)
      else if (outcome !== 'same') problems.push(outcome.problem)
    }
  }
  const workers = await Promise.allSettled(Array.from({ length: PARALLEL }, work))
  if (replaced.length > 0) await directory.sync()
  const failed = workers.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
  return { replaced: replaced.toSorted(), removed: deps.gone === 'remove' ? gone : [], problems: problems.toSorted() }
}

async function bring(
  { directory, readFile, check }: SyncDeps,
  { repositoryId, fileName, sha256 }: WantedFile,
): Promise<'same' | 'replaced' | { readonly problem: string }> {
  if ((await directory.digest(fileName)) === sha256) return 'same'
  const bytes = await readFile(repositoryId)
  // It may be newer than the index: then the next look, soon, knows of it.
  if (digestOf(bytes) !== sha256) return { problem: `${fileName} is another file than the index says.` }
  try {
    await directory.replace(fileName, bytes, check)
    return 'replaced'
  } catch (error) {
    if (!(error instanceof BadFileError)) throw error
    return { problem: `${fileName} is not put in place, the last good one stays: ${error.message}` }
  }
}
