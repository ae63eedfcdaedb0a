import { spawn } from 'node:child_process'
import { defineErrors, withCause } from '../../kernel/errors.ts'
import type { KeyService, WrappedKey } from '../../kernel/key-service.ts'
import { Turns } from '../turns.ts'
import { KEY_BYTES } from './aes-gcm.ts'

const keyCommandErrors = defineErrors('key_command', {
  failed: {
    kind: 'unavailable',
    message: (operation: string, problem: string) => `The key command could not ${operation} a key: ${problem}.`,
  },
  busy: { kind: 'unavailable', message: () => 'Too many keys are asked of the key command at this moment. Try again.' },
})

export interface KeyCommandOptions {
  /** Path of the program; it is run without arguments and without a shell. */
  readonly command: string
  /** 10 seconds when absent. */
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 10_000
const MOST_OUTPUT_BYTES = 64 * 1024
// Such a command is a process and, as a rule, a request to a service that bills and limits them.
const LIMITS = { running: 4, waiting: 500 }
const PREFIX = 'command:'

type Operation = 'describe' | 'wrap' | 'unwrap'
type Said = Readonly<Record<string, unknown>>

/**
 * Master keys that an external command knows: the client of a key management service, a hardware module. It gets one JSON
 * object on its standard input and answers with one on its standard output:
 *
 * - `{"operation":"describe"}`: `{"keyId"}`, the key that wraps now;
 * - `{"operation":"wrap","key","context"}`: `{"keyId","wrapped"}`;
 * - `{"operation":"unwrap","keyId","wrapped","context"}`: `{"key"}`.
 *
 * Keys are 32 bytes in base64; `wrapped` is the command's own text. What it says on its standard error is nobody's: it might
 * hold a key.
 */
export class KeyCommand implements KeyService {
  readonly #options: KeyCommandOptions
  readonly #turns = new Turns(LIMITS, keyCommandErrors.busy)

  constructor(options: KeyCommandOptions) {
    this.#options = options
  }

  owns(keyId: string): boolean {
    return keyId.startsWith(PREFIX)
  }

  async currentKeyId(): Promise<string> {
    const said = await this.#ask('describe', {})
    return PREFIX + textOf(said, 'keyId', 'describe')
  }

  /** Its keys are made and replaced where they are kept. */
  renew(): Promise<string> {
    return this.currentKeyId()
  }

  async wrap(key: Uint8Array, context: string): Promise<WrappedKey> {
    const said = await this.#ask('wrap', { key: Buffer.from(key).toString('base64'), context })
    return { keyId: PREFIX + textOf(said, 'keyId', 'wrap'), wrapped: textOf(said, 'wrapped', 'wrap') }
  }

  async unwrap({ keyId, wrapped }: WrappedKey, context: string): Promise<Uint8Array> {
    const said = await this.#ask('unwrap', { keyId: keyId.slice(PREFIX.length), wrapped, context })
    const key = Buffer.from(textOf(said, 'key', 'unwrap'), 'base64')
    if (key.length !== KEY_BYTES) throw keyCommandErrors.failed('unwrap', 'it answered with no key of 32 bytes')
    return key
  }

  async #ask(operation: Operation, request: object): Promise<Said> {
    const text = await this.#turns.take(() => run(this.#options, operation, JSON.stringify({ operation, ...request })))
    try {
      const said: unknown = JSON.parse(text)
      if (typeof said === 'object' && said !== null) return said as Said
    } catch {
      // What it said may be a key: it goes into no message and no log.
    }
    throw keyCommandErrors.failed(operation, 'it did not answer with a JSON object')
  }
}

function textOf(said: Said, field: string, operation: Operation): string {
  const value = said[field]
  if (typeof value === 'string' && value !== '') return value
  throw keyCommandErrors.failed(operation, `its answer has no ${field}`)
}

async function run(
  { command, timeoutMs = TIMEOUT_MS }: KeyCommandOptions,
  operation: Operation,
  input: string,
): Promise<string> {
  // A group of its own: what the command has started ends with it.
  const child = spawn(command, [], { detached: true, stdio: ['pipe', 'pipe', 'ignore'], env: foreignEnvironment() })
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const fail = (problem: string) => reject(keyCommandErrors.failed(operation, problem))
  const timer = setTimeout(() => fail(`it did not end within ${timeoutMs} ms`), timeoutMs)
  const chunks: Buffer[] = []
  let bytes = 0
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > MOST_OUTPUT_BYTES) fail(`it answered with more than ${MOST_OUTPUT_BYTES} bytes`)
  })
  child.on('error', (error: NodeJS.ErrnoException) => {
    reject(withCause(keyCommandErrors.failed(operation, `it cannot be run (${error.code ?? 'unknown'})`), error))
  })
  child.on('close', (code, signal) => {
    if (code === 0) resolve(Buffer.concat(chunks).toString())
    else fail(signal === null ? `it ended with the exit code ${code}` : `it was ended by ${signal}`)
  })
  // A command that does not read its input is told apart by what it answers.
  child.stdin.on('error', () => undefined)
  child.stdin.end(`${input}\n`)
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    child.stdout.destroy()
    endGroup(child.pid)
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nothing of it is left.
  }
}

/** Our own settings hold other secrets, and are none of its business. */
function foreignEnvironment(): NodeJS.ProcessEnv {
  // biome-ignore lint/style/noProcessEnv: what it needs (a region, a proxy, its own credentials) is not ours to know
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PORTREEVE_')))
}
