import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseKeysArguments } from './keys-arguments.ts'
import { UsageError } from './usage-error.ts'

const ENV = { PORTREEVE_TOKEN: 'secret' }

test('reads what to do, and where', () => {
  const url = 'http://127.0.0.1:8470'
  assert.deepEqual(parseKeysArguments(['rotate'], ENV), { act: 'rotate', url, token: 'secret', keepKey: false })
  const all = ['rotate', '--keep-key', '--url=http://x', '--token=t']
  assert.deepEqual(parseKeysArguments(all, {}), { act: 'rotate', url: 'http://x', token: 't', keepKey: true })
  assert.deepEqual(parseKeysArguments(['status'], ENV), { act: 'status', url, token: 'secret', keepKey: false })
  assert.equal(parseKeysArguments(['--help'], {}), 'help')
})

for (const [what, argv, env, says] of [
  ['nothing to do', [], ENV, /rotate or status/],
  ['something unknown to do', ['show'], ENV, /rotate or status/],
  ['two words', ['rotate', 'now'], ENV, /"now"/],
  ['no token', ['rotate'], {}, /--token/],
  ['a URL that is none', ['rotate', '--url=x'], ENV, /--url/],
  ['a key to keep and nothing to change', ['status', '--keep-key'], ENV, /--keep-key/],
  ['an unknown option', ['rotate', '--force'], ENV, /--force/],
] as const) {
  test(`refuses a command line with ${what}`, () => {
    assert.throws(
      () => parseKeysArguments(argv, env),
      (error) => error instanceof UsageError && says.test(error.message),
    )
  })
}
