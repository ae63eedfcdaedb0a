import { createHash, randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { AgentError } from './agent-error.ts'

const LOCK = '.portreeve-agent.lock'
/** The names of the files that agents have put into the directory: only those are ever removed. */
const PLACED = '.portreeve-agent.json'
const UNFINISHED = /^\.portreeve-agent-[0-9a-f]{12}$/
const SQLITE_BUSY = 5
/** Follows no link, and waits for nobody at the other end of a pipe. */
const AS_FILE = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

export interface FileAttributes {
  readonly mode: number
  /** By number; the agent's own account when absent. */
  readonly owner?: { readonly uid: number; readonly gid: number } | undefined
}

/** The directory that Subversion reads, for one agent alone. A reader sees old files or new ones, always whole. */
export class HostDirectory implements Disposable {
  readonly path: string
  readonly #lock: DatabaseSync
  readonly #attributes: FileAttributes
  readonly #placed: Set<string>

  private constructor(path: string, given: { lock: DatabaseSync; attributes: FileAttributes; placed: Set<string> }) {
    this.path = path
    this.#lock = given.lock
    this.#attributes = given.attributes
    this.#placed = given.placed
  }

  /** Makes the directory if need be, and clears away what a crash left half written. @throws {AgentError} if it is taken */
  static async open(directory: string, attributes: FileAttributes): Promise<HostDirectory> {
    const path = resolve(directory)
    await mkdir(path, { recursive: true })
    const lock = takeLock(path)
    const leftovers = (await readdir(path)).filter((name) => UNFINISHED.test(name))
    await Promise.all(leftovers.map((name) => rm(join(path, name), { force: true })))
    return new HostDirectory(path, { lock, attributes, placed: await readPlaced(path) })
  }

  [Symbol.dispose](): void {
    this.#lock.close()
  }

  get placed(): ReadonlySet<string> {
    return this.#placed
  }

  /** SHA-256 of a file, base64url; undefined when there is none, or a link in its place. */
  async digest(name: string): Promise<string | undefined> {
    try {
      const bytes = await readFile(join(this.path, name), { flag: AS_FILE })
      return digestOf(bytes)
    } catch (error) {
      if (isCode(error, 'ENOENT') || isCode(error, 'ELOOP')) return undefined
      throw error
    }
  }

  /** Writes beside the file, has that checked, and renames it; a file that `check` throws about is never put in place. */
  async replace(name: string, bytes: Uint8Array, check: (file: string) => Promise<void>): Promise<void> {
    const beside = join(this.path, `.portreeve-agent-${randomBytes(6).toString('hex')}`)
    try {
      await writeDurably(beside, bytes, this.#attributes)
      await check(beside)
      await rename(beside, join(this.path, name))
    } catch (error) {
      await rm(beside, { force: true })
      throw error
    }
  }

  /** Notes files as this agent's, before they are written. */
  async claim(names: readonly string[]): Promise<void> {
    if (names.every((name) => this.#placed.has(name))) return
    for (const name of names) this.#placed.add(name)
    await this.#savePlaced()
  }

  /** Removes files that agents put here. */
  async remove(names: readonly string[]): Promise<void> {
    for (const name of names) {
      await rm(join(this.path, name), { force: true })
      this.#placed.delete(name)
    }
    await this.sync()
    await this.#savePlaced()
  }

  /** A rename is only durable once its directory is. */
  async sync(): Promise<void> {
    await using handle = await open(this.path, 'r')
    await handle.sync()
  }

  async #savePlaced(): Promise<void> {
    const text = `${JSON.stringify([...this.#placed].toSorted())}\n`
    await this.replace(PLACED, Buffer.from(text), () => Promise.resolve())
    await this.sync()
  }
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url')
}

/** SQLite's lock is the kernel's: a process that was killed cannot leave it behind. */
function takeLock(path: string): DatabaseSync {
  const lock = new DatabaseSync(join(path, LOCK))
  try {
    lock.exec('begin exclusive')
    return lock
  } catch (error) {
    lock.close()
    if (!(error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY)) throw error
    throw new AgentError(`Another agent keeps ${path}. Stop it, or choose another directory.`, { cause: error })
  }
}

async function readPlaced(path: string): Promise<Set<string>> {
  const file = join(path, PLACED)
  try {
    const names: unknown = JSON.parse(await readFile(file, 'utf8'))
    if (!Array.isArray(names)) throw new SyntaxError('not a list')
    return new Set(names.filter((name) => typeof name === 'string' && /^[^/]+\.authz$/.test(name)))
  } catch (error) {
    if (isCode(error, 'ENOENT')) return new Set()
    if (error instanceof SyntaxError)
      throw new AgentError(`${file} is damaged: ${error.message}. Delete it.`, { cause: error })
    throw error
  }
}

async function writeDurably(file: string, bytes: Uint8Array, { mode, owner }: FileAttributes): Promise<void> {
  await using handle = await open(file, 'wx', 0o600)
  await handle.writeFile(bytes)
  if (owner) await handle.chown(owner.uid, owner.gid)
  // Not when it is made: the umask would take from it.
  await handle.chmod(mode)
  await handle.sync()
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
