import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseImportArguments } from './import-arguments.ts'
import { UsageError } from './usage-error.ts'

const ENV = { PORTREEVE_TOKEN: 'secret' }

test('reads the file, the repository and how to import', () => {
  assert.deepEqual(parseImportArguments(['--repository', 'calc', 'a.authz'], ENV), {
    file: 'a.authz',
    url: 'http://127.0.0.1:8470',
    token: 'secret',
    repository: 'calc',
    dryRun: false,
    acceptLoss: false,
  })
  const all = ['--dry-run', '--accept-loss', '--team', 'Old', '--repository=calc', '--token=t', '--url=http://x', 'a']
  assert.deepEqual(parseImportArguments(all, {}), {
    file: 'a',
    url: 'http://x',
    token: 't',
    repository: 'calc',
    dryRun: true,
    acceptLoss: true,
    team: 'Old',
  })
  assert.equal(parseImportArguments(['--help'], {}), 'help')
})

for (const [what, argv, env, says] of [
  ['no file', ['--repository=calc'], ENV, /authz file/],
  ['two files', ['--repository=calc', 'a', 'b'], ENV, /"b"/],
  ['no repository', ['a'], ENV, /--repository/],
  ['no token', ['--repository=calc', 'a'], {}, /--token/],
  ['a URL that is none', ['--repository=calc', '--url=x', 'a'], ENV, /--url/],
  ['an unknown option', ['--force', 'a'], ENV, /--force/],
] as const) {
  test(`refuses a command line with ${what}`, () => {
    assert.throws(
      () => parseImportArguments(argv, env),
      (error) => error instanceof UsageError && says.test(error.message),
    )
  })
}
