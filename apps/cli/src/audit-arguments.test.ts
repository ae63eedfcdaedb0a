import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAuditArguments } from './audit-arguments.ts'
import { UsageError } from './usage-error.ts'

const ENV = { PORTREEVE_TOKEN: 'secret' }

test('reads what to verify with what, and where', () => {
  const url = 'http://127.0.0.1:8470'
  assert.deepEqual(parseAuditArguments(['verify'], ENV), { url, token: 'secret', anchors: undefined })
  const all = ['verify', '--anchors', 'a.txt', '--url=http://x', '--token=t']
  assert.deepEqual(parseAuditArguments(all, {}), { url: 'http://x', token: 't', anchors: 'a.txt' })
  assert.equal(parseAuditArguments(['--help'], {}), 'help')
})

for (const [what, argv, env, says] of [
  ['nothing to do', [], ENV, /verify/],
  ['something unknown to do', ['show'], ENV, /verify/],
  ['two words', ['verify', 'now'], ENV, /"now"/],
  ['no token', ['verify'], {}, /--token/],
  ['a URL that is none', ['verify', '--url=x'], ENV, /--url/],
  ['an unknown option', ['verify', '--force'], ENV, /--force/],
] as const) {
  test(`refuses a command line of the audit with ${what}`, () => {
    assert.throws(
      () => parseAuditArguments(argv, env),
      (error) => error instanceof UsageError && says.test(error.message),
    )
  })
}
