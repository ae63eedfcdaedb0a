import { randomBytes } from 'node:crypto'
import { link, open, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { defineErrors, withCause } from '../../kernel/errors.ts'

const KEY_BYTES = 32
// 32 bytes in base64, as `openssl rand -base64 32` prints them.
const FORM = /^[A-Za-z0-9+/]{43}=\n?$/

const masterKeyErrors = defineErrors('master_key', {
  bad_form: {
    kind: 'invalid',
    message: (file: string) =>
      `The master key file ${file} does not hold 32 bytes in base64 (openssl rand -base64 32). Restore it from its copy.`,
  },
  unusable: {
    kind: 'unavailable',
    message: (file: string, problem: string) => `The master key file ${file} cannot be used: ${problem}`,
  },
})

/** The key that encrypts stored credentials. The first start makes the file, for its own account alone. */
export async function openMasterKey(file: string): Promise<Uint8Array> {
  try {
    const text = (await readIfThere(file)) ?? (await makeKey(file))
    if (!FORM.test(text)) throw masterKeyErrors.bad_form(file)
    return Buffer.from(text, 'base64')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'syscall' in error)) throw error
    throw withCause(masterKeyErrors.unusable(file, error.message), error)
  }
}

/** Written whole under another name first, and never over a file that is there: of two first starts one makes the key. */
async function makeKey(file: string): Promise<string> {
  const beside = `${file}.${randomBytes(6).toString('hex')}`
  try {
    await writeDurably(beside, `${randomBytes(KEY_BYTES).toString('base64')}\n`)
    await link(beside, file).catch(ignoreWhenThere)
  } finally {
    await rm(beside, { force: true })
  }
  await syncDirectory(dirname(file))
  return await readFile(file, 'utf8')
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

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
