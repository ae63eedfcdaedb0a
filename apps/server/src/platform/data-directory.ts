import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { defineErrors } from '../kernel/errors.ts'

const dataDirectoryErrors = defineErrors('data_directory', {
  in_use: {
    kind: 'conflict',
    message: (path: string, holder: string) =>
      `Another Portreeve${holder} runs on the data directory ${path}. Stop it, or choose another PORTREEVE_DATA_DIR.`,
  },
  unusable: {
    kind: 'unavailable',
    message: (path: string, problem: string) => `The data directory ${path} cannot be used: ${problem}`,
  },
})

/** A data directory that is ours alone until disposed, or until this process ends, however it does. */
export interface DataDirectory extends AsyncDisposable {
  readonly path: string
}

/**
 * Makes the directory if need be and takes it for this process. Node itself offers no file lock, but its SQLite takes
 * one: the kernel's, which cannot be left behind by a process that was killed, nor be taken by two at once, nor be
 * fooled by containers that number their processes alike.
 */
export async function openDataDirectory(directory: string): Promise<DataDirectory> {
  const path = resolve(directory)
  const holderFile = join(path, 'portreeve.pid')
  await mkdir(path, { recursive: true }).catch((error) => {
    throw dataDirectoryErrors.unusable(path, error.message)
  })
  const lock = await takeLock(path, holderFile)
  await writeFile(holderFile, `${process.pid}\n`)
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(holderFile, { force: true })
      lock.close()
    },
  }
}

const SQLITE_BUSY = 5

async function takeLock(path: string, holderFile: string): Promise<DatabaseSync> {
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(join(path, 'portreeve.lock'))
    lock.exec('begin exclusive')
    return lock
  } catch (error) {
    lock?.close()
    if (!(error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY)) {
      throw dataDirectoryErrors.unusable(path, error instanceof Error ? error.message : String(error))
    }
    const pid = await readFile(holderFile, 'utf8').catch(() => '')
    throw dataDirectoryErrors.in_use(path, pid === '' ? '' : ` (process ${pid.trim()})`)
  }
}
