import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiClient } from '../../testing/api-client.ts'
import { ANN, type AuditScene, startAuditScene } from '../../testing/audit-scene.ts'
import { FORMATS } from '../../testing/wire-format.ts'

const BOB = '0190a6f0-0000-7000-8000-000000000002'
const TASK = '0190a6f0-0000-7000-8000-000000000003'

interface Shown {
  readonly id: number
  readonly object: { readonly id: string }
}

interface Page {
  readonly records: readonly Shown[]
  readonly next: number | null
}

async function pageOf(client: ApiClient, query = ''): Promise<Page> {
  const reply = await client.in('json').send(`GET /api/audit${query}`)
  assert.equal(reply.status, 200, reply.text)
  return JSON.parse(reply.text) as Page
}

/** The ids of the objects on a page, which tell the records apart. */
async function objectsOf(client: ApiClient, query = ''): Promise<readonly string[]> {
  return (await pageOf(client, query)).records.map(({ object }) => object.id)
}

function at(minute: number): Date {
  return new Date(Date.UTC(2026, 0, 1, 0, minute))
}

test('shows all of a record, with its place in the chain once it has one', async () => {
  await using scene = await startAuditScene()
  await scene.record({ details: { name: 'a', flags: ['x'] }, requestId: 'r1', taskId: TASK })
  const [unsealed] = (await pageOf(scene.root)).records
  const expected = {
    id: 1,
    at: '2026-01-01T00:00:00.000Z',
    organisation: 1,
    actor: { id: ANN, name: 'ann', via: 'token' },
    act: 'team.create',
    object: { type: 'team', id: 't1' },
    details: { name: 'a', flags: ['x'] },
    requestId: 'r1',
    task: TASK,
  }
  assert.deepEqual(unsealed, { ...expected, seq: null, hash: null })
  await scene.seal()
  const [sealed] = (await pageOf(scene.root)).records as readonly (Shown & { readonly hash: string })[]
  assert.match(sealed?.hash ?? '', /^[0-9a-f]{64}$/)
  assert.deepEqual(sealed, { ...expected, seq: 1, hash: sealed?.hash })
})

test('shows the same record in XML', async () => {
  await using scene = await startAuditScene()
  await scene.record({ details: { name: 'a<b' }, requestId: 'r1' })
  const { text } = await scene.root.in('xml').send('GET /api/audit')
  assert.ok(
    text.endsWith(
      `<audit><record><id>1</id><at>2026-01-01T00:00:00.000Z</at><organisation>1</organisation><actor><id>${ANN}</id><name>ann</name>` +
        '<via>token</via></actor><act>team.create</act><object><type>team</type><id>t1</id></object><details><entry><key>name</key>' +
        '<value>a&lt;b</value></entry></details><requestId>r1</requestId></record></audit>',
    ),
    text,
  )
})

test('goes through all records page by page, newest first, while others are added', async () => {
  await using scene = await startAuditScene()
  await scene.record(
    ...[1, 2, 4, 4, 9].map((minute, index) => ({ at: at(minute), object: { type: 'team', id: `${minute}.${index}` } })),
  )
  const seen: string[] = []
  for (let before: number | null | undefined; before !== null; ) {
    const query: string = before === undefined ? '' : `&before=${before}`
    const page = await pageOf(scene.root, `?pageSize=2${query}`)
    seen.push(...page.records.map(({ object }) => object.id))
    await scene.record({ at: at(9), object: { type: 'team', id: 'new' } })
    before = page.next
  }
  assert.deepEqual(seen, ['9.4', '4.3', '4.2', '2.1', '1.0'])
})

test('narrowed by time, goes by time: equal times in the order of ids', async () => {
  await using scene = await startAuditScene()
  await scene.record(
    ...[3, 1, 2, 2, 5].map((minute, index) => ({ at: at(minute), object: { type: 'team', id: `${minute}.${index}` } })),
  )
  const seen: string[] = []
  for (let before: number | null = 1_000_000, first = true; before !== null; first = false) {
    const query: string = first ? '' : `&before=${before}`
    const page = await pageOf(scene.root, `?pageSize=1&to=2026-01-01T00:05:00Z${query}`)
    seen.push(...page.records.map(({ object }) => object.id))
    before = page.next
  }
  assert.deepEqual(seen, ['3.0', '2.3', '2.2', '1.1'])
})

test('a page that holds the last record says so, also when it is full', async () => {
  await using scene = await startAuditScene()
  await scene.record({}, {})
  assert.equal((await pageOf(scene.root, '?pageSize=2')).next, null)
  assert.equal((await pageOf(scene.root, '?pageSize=1')).next, 2)
})

async function startFiltered(): Promise<AuditScene> {
  const scene = await startAuditScene()
  await scene.record(
    { object: { type: 'team', id: 'plain' } },
    { object: { type: 'team', id: 'by bob' }, actor: { id: BOB, name: 'bob', via: 'session' } },
    { object: { type: 'rule', id: 'a rule' }, action: 'rule.create' },
    { object: { type: 'team', id: 'gone' }, action: 'team.delete' },
    { object: { type: 'team', id: 'not a team act' }, action: 'teamwork.begin' },
    { object: { type: 'team', id: 'late' }, at: at(30) },
    { object: { type: 'team', id: 'asked' }, requestId: 'r1' },
    { object: { type: 'team', id: 'proposed' }, taskId: TASK },
    { object: { type: 'team', id: 'elsewhere' }, organisation: 2 },
    { object: { type: 'server', id: 'nowhere' }, organisation: null },
  )
  return scene
}

for (const [query, found] of [
  ['actor=bob', ['by bob']],
  [`actor=${BOB}`, ['by bob']],
  [`actor=${BOB.toUpperCase()}`, ['by bob']],
  ['actor=nobody', []],
  ['objectType=rule', ['a rule']],
  ['objectType=team&objectId=plain', ['plain']],
  ['objectType=team&objectId=a%20rule', []],
  ['act=team.delete', ['gone']],
  ['act=teamwork.', ['not a team act']],
  ['act=rule.', ['a rule']],
  ['act=team.&objectType=team&objectId=not%20a%20team%20act', []],
  ['from=2026-01-01T00:30:00Z', ['late']],
  ['from=2026-01-01T01:30:00%2B01:00', ['late']],
  ['to=2026-01-01T00:00:00Z', []],
  ['from=2026-01-01T00:00:00Z&to=2026-01-01T00:30:00Z&actor=bob', ['by bob']],
  ['requestId=r1', ['asked']],
  [`task=${TASK}`, ['proposed']],
  ['organisation=2', ['elsewhere']],
] as const) {
  test(`narrows by ${query}`, async () => {
    await using scene = await startFiltered()
    assert.deepEqual(await objectsOf(scene.root, `?${query}`), found)
  })
}

test('an admin sees their own organisation alone, by whatever they ask for and in every format', async () => {
  await using scene = await startFiltered()
  const eve = await scene.signIn({ role: 'admin', flags: ['allow_view_audit'], organisation: 2 })
  assert.deepEqual(await objectsOf(eve), ['elsewhere'])
  assert.deepEqual(await objectsOf(eve, '?organisation=2'), ['elsewhere'])
  assert.deepEqual(await objectsOf(eve, '?actor=bob'), [])
  assert.deepEqual(await objectsOf(eve, '?before=5'), [])
  for (const accept of ['text/csv', 'application/x-ndjson']) {
    const { text } = await eve.send('GET /api/audit', undefined, { accept })
    assert.match(text, /elsewhere/)
    assert.doesNotMatch(text, /plain|bob|nowhere/)
  }
  assert.equal((await eve.send('GET /api/audit?organisation=1')).status, 403)
})

test('a superadmin sees every organisation, and what belongs to none', async () => {
  await using scene = await startFiltered()
  const objects = await objectsOf(scene.root)
  assert.equal(objects.length, 10)
  assert.ok(objects.includes('nowhere') && objects.includes('elsewhere'))
})

test('only who holds the flag may look, be they a superadmin', async () => {
  await using scene = await startAuditScene()
  const admin = await scene.signIn({ role: 'admin', flags: ['allow_view_users'] })
  const superadmin = await scene.signIn({ role: 'superadmin' })
  for (const format of FORMATS) {
    assert.equal(await admin.in(format).problem('GET /api/audit'), '403 access.flag_missing')
    assert.equal(await superadmin.in(format).problem('GET /api/audit'), '403 access.flag_missing')
  }
  assert.equal((await admin.send('GET /api/audit', undefined, { accept: 'text/csv' })).status, 403)
  assert.equal((await scene.anonymous.send('GET /api/audit')).status, 401)
})

for (const [query, says] of [
  ['from=yesterday', /from.*2026-01-31T08:00:00Z/],
  ['pageSize=1001', /pageSize/],
  ['before=0', /before/],
  ['task=1', /task/],
  ['objectId=t1', /objectType/],
  ['actor=', /actor/],
  ['act=%00', /act/],
  ['verb=create', /verb/],
] as const) {
  test(`refuses ${query}, naming it`, async () => {
    await using scene = await startAuditScene()
    for (const format of FORMATS) {
      const reply = await scene.root.in(format).send(`GET /api/audit?${query}`)
      assert.equal(reply.status, 400)
      assert.match(reply.text, says)
    }
  })
}
