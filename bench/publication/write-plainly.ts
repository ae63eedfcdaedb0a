import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Writes the files one after the other, each whole and on disk before the next: what nobody can do without. */
export function writePlainly(directory: string, files: ReadonlyMap<string, string>): void {
  for (const [name, content] of files) {
    const beside = join(directory, `.${name}`)
    const file = openSync(beside, 'w')
    writeSync(file, content)
    fsyncSync(file)
    closeSync(file)
    renameSync(beside, join(directory, name))
  }
  const self = openSync(directory, 'r')
  fsyncSync(self)
  closeSync(self)
}

export function emptyDirectory(path: string): void {
  rmSync(path, { recursive: true, force: true })
  mkdirSync(path)
}
