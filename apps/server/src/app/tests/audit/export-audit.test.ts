import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ANN, startAuditScene } from '../../testing/audit-scene.ts'

const HEADINGS = 'id,seq,at,organisation,actorId,actorName,via,act,objectType,objectId,details,requestId,task,hash'

test('as CSV answers every record that matches, whatever their number, to be saved as a file', async () => {
  await using scene = await startAuditScene()
  await scene.record(...Array.from({ length: 2500 }, (_, index) => ({ object: { type: 'team', id: `t${index}` } })))
  await scene.record({ object: { type: 'rule', id: 'r' } })
  await scene.seal()
  const reply = await scene.root.send('GET /api/audit?objectType=team', undefined, { accept: 'text/csv' })
  assert.equal(reply.headers.get('content-type'), 'text/csv; charset=utf-8')
  assert.equal(reply.headers.get('content-disposition'), 'attachment; filename="audit.csv"')
  const [headings, ...lines] = reply.text.trimEnd().split('\r\n')
  assert.equal(headings, HEADINGS)
  assert.deepEqual(
    lines.map((line) => line.split(',')[9]),
    Array.from({ length: 2500 }, (_, index) => `t${2499 - index}`),
  )
})

test('in CSV no cell is a formula, whoever named the thing', async () => {
  await using scene = await startAuditScene()
  await scene.record({
    actor: { id: ANN, name: '=HYPERLINK("http://x","y")', via: 'token' },
    object: { type: 'team', id: '@SUM(A1)' },
    details: { name: '-1+1, "quoted"' },
  })
  const { text } = await scene.root.send('GET /api/audit', undefined, { accept: 'text/csv' })
  assert.equal(
    text,
    `${HEADINGS}\r\n1,,2026-01-01T00:00:00.000Z,1,${ANN},"'=HYPERLINK(""http://x"",""y"")",token,team.create,team,'@SUM(A1),` +
      `"{""name"":""-1+1, \\""quoted\\""""}",,,\r\n`,
  )
})

test('as JSON lines answers the records that the list would, each on a line', async () => {
  await using scene = await startAuditScene()
  await scene.record(
    ...Array.from({ length: 1500 }, (_, index) => ({ object: { type: 'team', id: `line\n${index}` } })),
  )
  await scene.seal()
  const reply = await scene.root.send('GET /api/audit', undefined, { accept: 'application/x-ndjson' })
  assert.match(reply.headers.get('content-type') ?? '', /^application\/x-ndjson/)
  const lines = reply.text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.equal(lines.length, 1500)
  const { records } = JSON.parse((await scene.root.send('GET /api/audit?pageSize=1000')).text)
  assert.deepEqual(lines.slice(0, 1000), records)
})

test('an export of nothing is a file without records', async () => {
  await using scene = await startAuditScene()
  const csv = await scene.root.send('GET /api/audit', undefined, { accept: 'text/csv' })
  assert.equal(csv.text, `${HEADINGS}\r\n`)
  const lines = await scene.root.send('GET /api/audit', undefined, { accept: 'application/x-ndjson' })
  assert.deepEqual([lines.status, lines.text], [200, ''])
})
