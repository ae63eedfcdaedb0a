import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { ClientError } from './client-error.ts'

export interface SecretPrompt extends Disposable {
  /** The next line typed, which a terminal does not show, or the next line of what is piped in. */
  ask(question: string): Promise<string>
}

export interface SecretPromptStreams {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly stderr: Pick<NodeJS.WritableStream, 'write'>
}

export function openSecretPrompt({ stdin, stderr }: SecretPromptStreams): SecretPrompt {
  const isTerminal = stdin.isTTY === true
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  // With `terminal` readline takes over the echo, and echoes into nowhere.
  const reader = createInterface({ input: stdin, output: nowhere, terminal: isTerminal, historySize: 0 })
  const lines = reader[Symbol.asyncIterator]()
  // Ctrl-C, which a terminal in this mode does not turn into a signal.
  reader.on('SIGINT', () => reader.close())
  return {
    async ask(question) {
      if (isTerminal) stderr.write(question)
      const { value, done } = await lines.next()
      if (isTerminal) stderr.write('\n')
      if (done || value === '') throw new ClientError('Nothing was typed.')
      return value
    },
    [Symbol.dispose]: () => reader.close(),
  }
}
