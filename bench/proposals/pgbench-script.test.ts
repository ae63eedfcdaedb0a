import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RecordedStatement } from '../harness/recorded-connection.ts'
import { pgbenchScript } from './pgbench-script.ts'

const recorded = (text: string, values: readonly unknown[]): RecordedStatement => ({
  statement: { name: 'x', text },
  values,
})

test('puts the recorded values in the place of the parameters, and variables where they must differ', () => {
  const statements = [
    recorded('select head from m where id = $1', [1]),
    recorded('insert into t select $2, unnest($1::uuid[])', [['a', null], "it's"]),
    recorded('update m set head = $1, at = $2 where x = $3', [8, new Date(), '{"revision":8}']),
  ]
  const script = pgbenchScript(
    statements,
    new Map<unknown, string>([
      [8, ':revision'],
      ['a', ':user'],
    ]),
  )
  assert.deepEqual(script.split('\n').slice(2), [
    'begin isolation level read committed;',
    'select head from m where id = 1 \\gset',
    '\\set revision :head + 1',
    "insert into t select 'it''s', unnest(array[:user, null]::uuid[]);",
    'update m set head = :revision, at = now() where x = \'{"revision": 8}\';',
    'commit;',
  ])
})
