import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ScratchDirectory extends AsyncDisposable {
  readonly path: string
}

/** A directory of one benchmark's own, removed when disposed. It is as durable as the system's temporary directory is. */
export async function makeScratchDirectory(): Promise<ScratchDirectory> {
  const path = await mkdtemp(join(tmpdir(), 'portreeve-bench-'))
  // Root runs PostgreSQL as another account, which must be able to pass through.
  await chmod(path, 0o755)
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  }
}
