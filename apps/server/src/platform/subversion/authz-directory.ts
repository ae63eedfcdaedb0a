import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** How many files are written at once: the file system's own threads do the waiting. */
const PARALLEL_WRITES = 16
const UNFINISHED = /^\..+\.authz\.[0-9a-f]{12}$/

/** The directory that Subversion hosts read `<repository>.authz` from. */
export interface AuthzDirectory {
  readonly path: string
  /**
   * Replaces files whole: a reader sees the old file or the new one, and so does whoever starts after a crash. When it
   * rejects, nothing is being written any more.
   */
  write(files: ReadonlyMap<string, string>): Promise<void>
  /** The file of a repository, or undefined when there is none. */
  read(repositoryName: string): Promise<string | undefined>
}

/**
 * Opens the directory, making it when it is not there, and clears away what a crash left half written.
 * @throws NodeJS.ErrnoException when it cannot be made or read
 */
export async function openAuthzDirectory(path: string): Promise<AuthzDirectory> {
  await mkdir(path, { recursive: true })
  const leftovers = (await readdir(path)).filter((name) => UNFINISHED.test(name))
  await Promise.all(leftovers.map((name) => rm(join(path, name), { force: true })))
  return {
    path,
    read: async (repositoryName) => await readIfThere(fileOf(path, repositoryName)),
    write: async (files) => {
      const waiting = [...files]
      const writeNext = async (): Promise<void> => {
        for (let next = waiting.pop(); next; next = waiting.pop()) await replaceFile(path, ...next)
      }
      const outcomes = await Promise.allSettled(Array.from({ length: PARALLEL_WRITES }, writeNext))
      const failed = outcomes.find(({ status }) => status === 'rejected')
      if (failed?.status === 'rejected') throw failed.reason
      await syncDirectory(path)
    },
  }
}

function fileOf(directory: string, repositoryName: string): string {
  return join(directory, `${repositoryName}.authz`)
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

async function replaceFile(directory: string, repositoryName: string, content: string): Promise<void> {
  const beside = join(directory, `.${repositoryName}.authz.${randomBytes(6).toString('hex')}`)
  try {
    await writeDurably(beside, content)
    await rename(beside, fileOf(directory, repositoryName))
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}

async function writeDurably(file: string, content: string): Promise<void> {
  const handle = await open(file, 'wx', 0o644)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A rename is only durable once its directory is. */
async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
