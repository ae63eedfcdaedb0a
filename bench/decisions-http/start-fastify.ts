import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Peer } from './start-cerbos.ts'

const MAIN = fileURLToPath(new URL('./fastify-process.ts', import.meta.url))

export async function startFastify(): Promise<Peer> {
  const child = spawn(process.execPath, [MAIN], { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(child, 'exit')
  for await (const port of createInterface({ input: child.stdout })) {
    return {
      url: `http://127.0.0.1:${port}`,
      async [Symbol.asyncDispose]() {
        child.kill('SIGKILL')
        await ended
      },
    }
  }
  throw new Error('Fastify did not start.')
}
