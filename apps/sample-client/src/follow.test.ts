import assert from 'node:assert/strict'
import { mkdtempDisposable, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { type ConnectorStatus, PortreeveError, type StatusOptions, UnreachableError } from '@portreeve/client'
import { DataFolder } from './data-folder.ts'
import { follow } from './follow.ts'

const status = (state: ConnectorStatus['connector_state'], order: ConnectorStatus['order']): ConnectorStatus => ({
  connector_id: 7,
  connector_state: state,
  order,
})
const ENABLED = status('Enabled', 'none')
const LOCKED = status('Disabled', 'locked')
const WIPE = status('Wipe', 'wipe')
const GONE = new PortreeveError({ status: 401, code: 'connector.not_known', message: 'No.', requestId: undefined })
const AWAY = new UnreachableError('http://gate.example', {})

/** Follows a server that gives these answers in turn, each of which takes two seconds. */
async function followed(...answers: readonly (ConnectorStatus | Error)[]) {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'portreeve-follow-'))
  const folder = await DataFolder.claim(directory.path)
  await folder.saveConnector({ url: 'http://gate.example', id: 7, secret: 's' })
  await folder.addNote('milk')
  const left = [...answers]
  const said: string[] = []
  const asked: (StatusOptions | undefined)[] = []
  const pauses: number[] = []
  let nowMs = 0
  const end = await follow({
    connectorId: 7,
    folder,
    connector: {
      async getStatus(options) {
        asked.push(options)
        nowMs += 2000
        const answer = left.shift() ?? GONE
        if (answer instanceof Error) throw answer
        return answer
      },
      confirmWipe: async () => void said.push('confirmed'),
    },
    say: (line) => void said.push(line),
    pause: async (forMs) => void pauses.push(forMs),
    chance: () => 1,
    onFailure: () => said.push('failed'),
    monotonicMs: () => nowMs,
  })
  return { end, said, asked, pauses, situation: await folder.findSituation(), left: await readdir(folder.path) }
}

test('shows what is kept while enabled, and nothing of it while locked', async () => {
  const { said } = await followed(LOCKED, ENABLED, LOCKED)
  assert.deepEqual(
    said.map((line) => line.split(/[:.]/, 1)[0]),
    [
      'Connector 7 is locked',
      'Connector 7 is enabled',
      'Notes (1)',
      '  milk',
      'Connector 7 is locked',
      'Connector 7 is no more',
    ],
  )
})

test('waits for news of what it knows, and tells nothing twice', async () => {
  const { said, asked } = await followed(LOCKED, LOCKED, LOCKED)
  const waiting = { waitS: 60, knownState: 'Disabled' }
  assert.deepEqual(asked, [undefined, waiting, waiting, waiting])
  assert.equal(said.filter((line) => line.includes('locked')).length, 1)
})

test('a wipe erases everything, is confirmed, and ends it', async () => {
  const { end, said, left } = await followed(ENABLED, WIPE)
  assert.equal(end, 'wipe')
  assert.deepEqual(said.slice(-2), ['confirmed', 'All that was kept here is erased, and the server knows.'])
  assert.deepEqual(left, [])
})

test('a server that is away is waited for', async () => {
  const { said, pauses } = await followed(ENABLED, AWAY, AWAY, LOCKED)
  assert.deepEqual(pauses, [1000, 2000])
  assert.equal(said.filter((line) => line === 'failed').length, 2)
  assert.match(said.at(-2) ?? '', /locked/)
})

test('a connector that is no more ends it, and what is kept stays hidden', async () => {
  const { end, situation } = await followed(ENABLED)
  assert.deepEqual([end, situation], ['gone', 'gone'])
})
