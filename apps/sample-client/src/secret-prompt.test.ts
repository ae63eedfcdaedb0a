import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { openSecretPrompt } from './secret-prompt.ts'

function piped(text: string) {
  const stderr = new PassThrough({ encoding: 'utf8' })
  const stdin = new PassThrough()
  stdin.end(text)
  return { stdin, stderr }
}

test('reads a line for each question from what is piped in, asking nothing', async () => {
  const streams = piped(' blue paper lantern \r\n123456\n')
  using prompt = openSecretPrompt(streams)
  assert.equal(await prompt.ask('Password: '), ' blue paper lantern ')
  assert.equal(await prompt.ask('One-time code: '), '123456')
  assert.equal(streams.stderr.read(), null)
  await assert.rejects(prompt.ask('More: '), { name: 'ClientError' })
})

test('a terminal sees the question and never the answer', async () => {
  const streams = piped('secret\r')
  using prompt = openSecretPrompt({ ...streams, stdin: Object.assign(streams.stdin, { isTTY: true }) })
  assert.equal(await prompt.ask('Password: '), 'secret')
  assert.equal(streams.stderr.read(), 'Password: \n')
})

test('an empty answer is none', async () => {
  using prompt = openSecretPrompt(piped('\n'))
  await assert.rejects(prompt.ask('Password: '), { name: 'ClientError' })
})
