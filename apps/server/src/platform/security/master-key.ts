import { randomBytes } from 'node:crypto'
import { link, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { defineErrors, withCause } from '../../kernel/errors.ts'
import { KEY_BYTES } from './aes-gcm.ts'

// 32 bytes in base64, as `openssl rand -base64 32` prints them; a line for each key.
const FORM = /^(?:[A-Za-z0-9+/]{43}=(?:\n|$))+$/

export const masterKeyErrors = defineErrors('master_key', {
  bad_form: {
    kind: 'unavailable',
    message: (file: string) =>
      `The master key file ${file} does not hold 32 bytes in base64 (openssl rand -base64 32), one key a line. Restore it from its copy.`,
  },
  unusable: {
    kind: 'unavailable',
    message: (file: string, problem: string) => `The master key file ${file} cannot be used: ${problem}`,
  },
  missing: {
    kind: 'unavailable',
    message: (file: string) =>
      `The database holds secrets, and the master key file ${file} that they were encrypted with is not there. Restore it from its copy, or point PORTREEVE_MASTER_KEY_FILE at it.`,
  },
  wrong: {
    kind: 'unavailable',
    message: (needed: string, file: string, found: readonly string[]) =>
      `The database holds secrets that were encrypted with the master key ${needed}, and the file ${file} holds ${found.length === 0 ? 'none' : found.join(', ')}. Restore the file from its copy, or add the missing key to it as another line.`,
  },
  damaged: {
    kind: 'unavailable',
    message: (context: string) =>
      `The key of ${context} is damaged, or was moved from the record it was made for. Enter the secret again.`,
  },
})

/**
 * The file of master keys: the first wraps, the others still open what they wrapped. Every rotation puts another on top.
 */
export class MasterKeyFile {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** Undefined when there is no such file. */
  async find(): Promise<readonly Uint8Array[] | undefined> {
    return await this.#usable(async () => {
      const text = await readIfThere(this.path)
      return text === undefined ? undefined : this.#parse(text)
    })
  }

  /** Throws `master_key.missing` when there is no such file. */
  async read(): Promise<readonly Uint8Array[]> {
    const keys = await this.find()
    if (!keys) throw masterKeyErrors.missing(this.path)
    return keys
  }

  /** True when every account of the machine can read or write it. A group may have to: containers are given files so. */
  async isOpenToAll(): Promise<boolean> {
    const found = await this.#usable(() => stat(this.path).catch(ignoreWhenAbsent))
    return found !== undefined && (found.mode & 0o007) !== 0
  }

  /** Makes the file with one key, for its own account alone; of two first starts one makes it. */
  async make(): Promise<readonly Uint8Array[]> {
    await this.#usable(async () => {
      // Written whole under another name first, and never over a file that is there.
      await writeBeside(this.path, newKeyLine(), (beside) => link(beside, this.path).catch(ignoreWhenThere))
    })
    return await this.read()
  }

  /** Puts a new key on top of the others. NOTE: callers see to it that no two do so at once. */
  async add(): Promise<readonly Uint8Array[]> {
    await this.read()
    await this.#usable(async () => {
      // What a symbolic link points to: other nodes may have theirs to the same.
      const file = await realpath(this.path)
      const former = (await readFile(file, 'utf8')).replace(/\n?$/, '\n')
      await writeBeside(file, newKeyLine() + former, (beside) => rename(beside, file))
    })
    return await this.read()
  }

  #parse(text: string): readonly Uint8Array[] {
    if (!FORM.test(text)) throw masterKeyErrors.bad_form(this.path)
    return text
      .trimEnd()
      .split('\n')
      .map((line) => Buffer.from(line, 'base64'))
  }

  async #usable<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && 'syscall' in error)) throw error
      throw withCause(masterKeyErrors.unusable(this.path, error.message), error)
    }
  }
}

function newKeyLine(): string {
  return `${randomBytes(KEY_BYTES).toString('base64')}\n`
}

async function writeBeside(file: string, text: string, put: (beside: string) => Promise<void>): Promise<void> {
  const beside = `${file}.${randomBytes(6).toString('hex')}`
  try {
    await writeDurably(beside, text)
    await put(beside)
  } finally {
    await rm(beside, { force: true })
  }
  await syncDirectory(dirname(file))
}

async function writeDurably(file: string, text: string): Promise<void> {
  await using handle = await open(file, 'wx', 0o600)
  await handle.writeFile(text)
  await handle.sync()
}

async function syncDirectory(directory: string): Promise<void> {
  await using handle = await open(directory)
  await handle.sync()
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function ignoreWhenThere(error: unknown): void {
  if (!hasCode(error, 'EEXIST')) throw error
}

function ignoreWhenAbsent(error: unknown): undefined {
  if (!hasCode(error, 'ENOENT')) throw error
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
