import assert from 'node:assert/strict'
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Envelopes } from './envelopes.ts'
import { KeyCommand } from './key-command.ts'

/** A key management service of four lines: it "encrypts" by turning texts round, which is enough to see who asked it what. */
const SERVICE = `
const turn = (text) => [...text].reverse().join('')
const { operation, keyId, key, wrapped, context } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'))
require('node:fs').appendFileSync(__dirname + '/argv', JSON.stringify([process.argv.slice(2), Object.keys(process.env)]))
if (operation === 'describe') console.log(JSON.stringify({ keyId: 'k2' }))
if (operation === 'wrap') console.log(JSON.stringify({ keyId: 'k2', wrapped: turn(key + '|' + context) }))
if (operation === 'unwrap') {
  const [key, of] = turn(wrapped).split('|')
  if (of !== context || keyId !== 'k2') process.exit(3)
  console.log(JSON.stringify({ key }))
}
`

async function commandOf(directory: string, script: string): Promise<string> {
  const command = join(directory, 'kms')
  await writeFile(command, `#!${process.execPath}\n${script}`, { mode: 0o700 })
  return command
}

const scratch = () => mkdtempDisposable(join(tmpdir(), 'portreeve-kms-'))

test('wraps and unwraps by the command, for the record alone, and tells it nothing by argument or environment', async () => {
  await using directory = await scratch()
  process.env['PORTREEVE_TEST_SECRET'] = 'none of its business'
  const keys = new KeyCommand({ command: await commandOf(directory.path, SERVICE) })
  assert.equal(await keys.currentKeyId(), 'command:k2')
  const envelopes = new Envelopes(keys)
  const envelope = await envelopes.seal('hunter2', 'credential 1')
  assert.equal(envelope.key.keyId, 'command:k2')
  assert.equal(await envelopes.open(envelope, 'credential 1'), 'hunter2')
  await assert.rejects(envelopes.open(envelope, 'credential 2'), {
    code: 'key_command.failed',
    message: /unwrap.*exit code 3/,
  })
  delete process.env['PORTREEVE_TEST_SECRET']
  const seen = await readFile(join(directory.path, 'argv'), 'utf8')
  assert.match(seen, /^\[\[\],/)
  assert.doesNotMatch(seen, /PORTREEVE_/)
})

const WAITING = `require('node:child_process').spawnSync('sleep', ['1000'], { stdio: 'inherit' })`

const failures: readonly [what: string, script: string, message: RegExp][] = [
  ['says no JSON', 'process.stdout.write("planted-secret")', /did not answer with a JSON object/],
  ['ends with an error', 'process.stderr.write("planted-secret"); process.exit(7)', /exit code 7/],
  ['says too much', 'process.stdout.write("planted-secret".repeat(10_000))', /more than 65536 bytes/],
  ['never ends, nor what it has started', WAITING, /did not end within 1500 ms/],
]

for (const [what, script, message] of failures) {
  test(`fails, repeating nothing, when the command ${what}`, async () => {
    await using directory = await scratch()
    const keys = new KeyCommand({ command: await commandOf(directory.path, script), timeoutMs: 1500 })
    await assert.rejects(keys.wrap(new Uint8Array(32), 'record'), (error: Error) => {
      assert.match(error.message, message)
      assert.doesNotMatch(`${error.stack} ${String(error.cause)}`, /planted-secret/)
      return true
    })
  })
}

test('says that the command cannot be run', async () => {
  const keys = new KeyCommand({ command: '/nonexistent/kms' })
  await assert.rejects(keys.currentKeyId(), { code: 'key_command.failed', message: /cannot be run \(ENOENT\)/ })
})
