import { chmod, mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ScratchDirectory extends AsyncDisposable {
  readonly path: string
}

/** A temporary directory, deleted with all that is in it when disposed. Every account may pass through it. */
export async function makeScratchDirectory(): Promise<ScratchDirectory> {
  const directory = await mkdtempDisposable(join(tmpdir(), 'portreeve-scratch-'))
  // Root runs PostgreSQL as another account, which must be able to pass through.
  await chmod(directory.path, 0o755)
  return directory
}
