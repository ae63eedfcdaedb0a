import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseLoadArguments } from './load-arguments.ts'

test('takes the token from the environment, and repositories in one word or several', () => {
  const argv = ['a.authz', '--repository', 'main, infra', '--repository=private']
  assert.deepEqual(parseLoadArguments(argv, { PORTREEVE_TOKEN: 't' }), {
    file: 'a.authz',
    url: 'http://127.0.0.1:8470',
    token: 't',
    repositories: ['main', 'infra', 'private'],
  })
})

const wrong: readonly [argv: readonly string[], message: RegExp][] = [
  [[], /Name the authz file/],
  [['a', 'b', '--token', 't'], /"b" is one too many/],
  [['a'], /access token/],
  [['a', '--token', 't', '--url', 'here'], /"here" is not a URL/],
  [['a', '--tokne', 't'], /--tokne/],
]

for (const [argv, message] of wrong) {
  test(`refuses "${argv.join(' ')}", saying why`, () => {
    assert.throws(() => parseLoadArguments(argv, {}), message)
  })
}

test('asked for help, it asks for nothing else', () => {
  assert.equal(parseLoadArguments(['--help'], {}), 'help')
})
