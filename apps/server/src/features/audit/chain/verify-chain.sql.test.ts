import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sqlAuditStore } from '../audit.sql.ts'
import { type AuditChain, entryOf, startAuditChain } from '../testing/audit-chain.sql.ts'

const SEALED = ['a', 'b', 'c', 'd', 'e']

async function startSealed(): Promise<AuditChain> {
  const audit = await startAuditChain()
  await audit.record(...SEALED)
  await audit.seal()
  return audit
}

/** What is done to five sealed records, and where it shows. */
const TAMPERINGS: readonly (readonly [string, readonly string[], string, number | null])[] = [
  [
    'an act that somebody else is made to have done',
    [`update audit_record set actor_name = 'eve' where id = 3`],
    'record_altered',
    3,
  ],
  [
    'a time moved by a microsecond',
    [`update audit_record set at = at + interval '1 microsecond' where id = 3`],
    'record_altered',
    3,
  ],
  ['an organisation taken away', ['update audit_record set organisation_id = null where id = 3'], 'record_altered', 3],
  ['details added', [`update audit_record set details = '{}' where id = 3`], 'record_altered', 3],
  ['a record deleted', ['delete from audit_record where id = 3'], 'record_missing', 3],
  [
    'a record deleted with its seal',
    ['delete from audit_record where id = 3', 'delete from audit_seal where seq = 3'],
    'seal_missing',
    3,
  ],
  [
    'a record deleted with its seal, and the gap closed',
    [
      'delete from audit_record where id = 3',
      'delete from audit_seal where seq = 3',
      'update audit_seal set seq = seq - 1 where seq = 4',
      'update audit_seal set seq = seq - 1 where seq = 5',
    ],
    'record_altered',
    3,
  ],
  [
    'a hash changed',
    [`update audit_seal set hash = decode(repeat('00', 32), 'hex') where seq = 3`],
    'record_altered',
    3,
  ],
  [
    'two seals exchanged',
    [
      'update audit_seal set record_id = -1 where seq = 3',
      'update audit_seal set record_id = 3 where seq = 4',
      'update audit_seal set record_id = 4 where seq = 3',
    ],
    'record_altered',
    3,
  ],
  [
    'two seals moved',
    [
      'update audit_seal set seq = 99 where seq = 3',
      'update audit_seal set seq = 3 where seq = 4',
      'update audit_seal set seq = 4 where seq = 99',
    ],
    'record_altered',
    3,
  ],
  ['the seals at the end deleted', ['delete from audit_seal where seq > 3'], 'record_unsealed', null],
  ['all seals deleted', ['delete from audit_seal'], 'record_unsealed', null],
  [
    'the first record deleted',
    ['delete from audit_record where id = 1', 'delete from audit_seal where seq = 1'],
    'seal_missing',
    1,
  ],
]

for (const [what, commands, kind, seq] of TAMPERINGS) {
  test(`finds ${what}`, async () => {
    await using audit = await startSealed()
    await audit.tamper(...commands)
    const found = await audit.verify()
    assert.deepEqual([found.outcome, found.break?.kind, found.break?.seq], ['broken', kind, seq])
  })
}

const CUT = ['delete from audit_record where id > 3', 'delete from audit_seal where seq > 3']

test('finds an end that was cut off, by an anchor from before', async () => {
  await using audit = await startSealed()
  const anchor = await audit.anchor()
  assert.equal((await audit.verify([anchor])).outcome, 'intact')
  await audit.tamper(...CUT)
  assert.equal((await audit.verify()).outcome, 'intact')
  const found = await audit.verify([anchor])
  assert.deepEqual([found.outcome, found.break?.kind, found.break?.seq], ['broken', 'tail_missing', 4])
})

test('finds an end that was cut off although others have taken its place since, by an anchor from before', async () => {
  await using audit = await startSealed()
  const anchor = await audit.anchor()
  await audit.tamper(...CUT)
  await audit.record('x', 'y', 'z')
  await audit.seal()
  const found = await audit.verify([anchor])
  assert.deepEqual([found.outcome, found.break?.kind, found.break?.seq], ['broken', 'anchor_differs', 5])
})

test('finds a chain that was made anew over a changed record, by any anchor after it', async () => {
  await using audit = await startSealed()
  const anchor = await audit.anchor()
  await audit.tamper(
    `update audit_record set actor_name = 'eve' where id = 2`,
    'delete from audit_seal',
    'insert into audit_unsealed select id from audit_record',
  )
  await audit.seal()
  assert.equal((await audit.verify()).outcome, 'intact')
  assert.equal((await audit.verify([anchor])).break?.kind, 'anchor_differs')
})

test('finds a record that was put in past the queue', async () => {
  await using audit = await startSealed()
  await audit.tamper(
    `insert into audit_record (at, actor_name, via, action, object_type, object_id)
     values (now(), 'eve', 'token', 'team.create', 'team', 'x')`,
  )
  const found = await audit.verify()
  assert.deepEqual([found.break?.kind, found.break?.recordId], ['record_unsealed', 6])
})

test('finds a record that was deleted while it waited for its seal, whatever is sealed after it', async () => {
  await using audit = await startSealed()
  await audit.record('f')
  await audit.tamper('delete from audit_record where id = 6')
  await audit.record('g')
  await audit.seal()
  const found = await audit.verify()
  assert.deepEqual([found.break?.kind, found.break?.recordId], ['unsealed_missing', 6])
  assert.deepEqual(await audit.sealed(), [...SEALED, 'g'])
})

test('an audit without records is intact, and so is one whose records all wait for their seals', async () => {
  await using audit = await startAuditChain()
  assert.deepEqual(await audit.verify(), { outcome: 'intact', checked: 0, head: null, anchors: 0, break: null })
  await audit.record('a')
  assert.equal((await audit.verify()).outcome, 'intact')
})

test('looks at what is beyond the first chunks, too', async () => {
  await using audit = await startAuditChain()
  await sqlAuditStore(audit.database).recordForEach(
    Array.from({ length: 4500 }, () => 1),
    entryOf('bulk'),
  )
  await audit.seal()
  assert.equal((await audit.verify()).checked, 4500)
  await audit.tamper(`update audit_record set details = '{"a": 1}' where id = 4100`)
  const found = await audit.verify()
  assert.deepEqual([found.break?.seq, found.checked], [4100, 4099])
})
