import type { FileEntry } from '@portreeve/client'
import { fileNameOf } from './file-name.ts'

export interface WantedFile {
  readonly repositoryId: string
  readonly fileName: string
  readonly sha256: string
}

export interface Wanted {
  readonly files: readonly WantedFile[]
  /** Repositories whose names cannot be files. */
  readonly refused: readonly string[]
}

/** The files that belong on this host: all, or those of the repositories that it names. */
export function planWanted(entries: readonly FileEntry[], only: ReadonlySet<string> | undefined): Wanted {
  const ours = entries.filter(({ name }) => only === undefined || only.has(name))
  const files: WantedFile[] = []
  const refused: string[] = []
  for (const { repositoryId, name, sha256 } of ours) {
    const fileName = fileNameOf(name)
    if (fileName === undefined) refused.push(name)
    else files.push({ repositoryId, fileName, sha256 })
  }
  return { files, refused }
}

/** Of the files that were put here, those that are not wanted any more. */
export function planGone(placed: Iterable<string>, wanted: readonly WantedFile[]): readonly string[] {
  const names = new Set(wanted.map(({ fileName }) => fileName))
  return [...placed].filter((name) => !names.has(name)).toSorted()
}
