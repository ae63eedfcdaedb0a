import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Peer extends AsyncDisposable {
  readonly url: string
}

const MAIN = fileURLToPath(new URL('./peer-process.ts', import.meta.url))

/** oidc-provider in a process of its own, which knows one client. */
export async function startPeer(clientId: string, secret: string): Promise<Peer> {
  const child = spawn(process.execPath, [MAIN, clientId, secret], { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    // What the library has to say about its defaults comes before.
    if (/^\d+$/.test(line)) {
      return {
        url: `http://127.0.0.1:${line}`,
        async [Symbol.asyncDispose]() {
          child.kill('SIGKILL')
          await ended
        },
      }
    }
  }
  throw new Error('The peer did not start.')
}
