import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UsageError } from './agent-error.ts'
import { parseArguments } from './arguments.ts'

const LEAST = ['--url', 'http://127.0.0.1:8470', '--directory', '/srv/authz', '--token-file', '/etc/token']

test('takes from the environment what the command line leaves out', () => {
  const given = parseArguments(['--url', 'https://near.example'], {
    PORTREEVE_AGENT_URL: 'https://far.example',
    PORTREEVE_AGENT_DIRECTORY: '/srv/authz',
    PORTREEVE_AGENT_TOKEN: 'secret',
    PORTREEVE_AGENT_REPOSITORIES: 'tools, docs',
    PORTREEVE_AGENT_OWNER: '33:34',
    PORTREEVE_AGENT_MODE: '0640',
  })
  assert.deepEqual(given, {
    url: 'https://near.example',
    directory: '/srv/authz',
    token: { value: 'secret' },
    only: new Set(['tools', 'docs']),
    gone: 'remove',
    mode: 0o640,
    owner: { uid: 33, gid: 34 },
    waitS: 30,
    once: false,
  })
})

test('names all that is wrong together', () => {
  const wrong = ['--wait', '61', '--mode', '999', '--owner', 'www-data', '--gone', 'deny', '--repositories', ',']
  assert.throws(
    () => parseArguments(wrong, {}),
    (error) =>
      error instanceof UsageError &&
      ['url', 'directory', 'token-file', 'wait', 'mode', 'owner', 'gone', 'repositories'].every((name) =>
        error.message.includes(`--${name}: `),
      ),
  )
})

test('takes no token from the command line', () => {
  assert.throws(() => parseArguments([...LEAST, '--token', 'secret'], {}), UsageError)
  assert.throws(() => parseArguments([...LEAST, 'secret'], {}), UsageError)
})
