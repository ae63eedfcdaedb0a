import { createHash } from 'node:crypto'

/** All published files of an organisation. */
export interface FileIndex {
  /** Changes when one of the files does, comes or goes. */
  readonly tag: string
  /** By name. */
  readonly files: readonly IndexedFile[]
}

export interface IndexedFile {
  readonly repositoryId: string
  /** The repository's. */
  readonly name: string
  /** Of the file's bytes, base64url; its ETag is the same text. */
  readonly sha256: string
}

export interface FileIndexStore {
  /** One reading for all; an organisation without files may be absent. */
  readFileIndexes(organisations: readonly number[]): Promise<ReadonlyMap<number, FileIndex>>
}

export function toFileIndex(files: readonly IndexedFile[]): FileIndex {
  // With the id, by which it is fetched: a repository made anew under an old name has another.
  const text = files.map(({ repositoryId, name, sha256 }) => `${repositoryId} ${sha256} ${name}\n`).join('')
  return { tag: createHash('sha256').update(text).digest('base64url'), files }
}
