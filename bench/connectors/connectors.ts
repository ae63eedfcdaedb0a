import { join } from 'node:path'
import { startScratchServer } from '../../tools/scratch-server.ts'
import { startBenchDatabase } from '../harness/bench-database.ts'
import {
  type Benchmark,
  type Figure,
  type Findings,
  kilobytes,
  ms,
  perSecond,
  type Result,
} from '../harness/benchmark.ts'
import { makeScratchDirectory } from '../harness/scratch-directory.ts'
import { startCrowds } from './crowds.ts'
import { type Measured, measure, type Scene } from './measure.ts'
import { findOpenFileLimit } from './open-file-limit.ts'
import { startPeer } from './peer.ts'
import { makeProbe } from './probed-process.ts'
import { seedConnectors } from './seed-connectors.ts'
import { wipeOrderer } from './wipe-orderer.ts'

const CONNECTORS = 30_000
const TO_WIPE = 1000
/** What a server opens besides the connections of those who wait: the storm's, the database's, its own files. */
const OTHER_FILES = 1000

/** Clients that wait for word of their connectors, all on one server process. */
export const connectors: Benchmark = {
  name: 'connectors',
  title: `the clients of ${CONNECTORS.toLocaleString('en')} connectors on one server process`,
  async run(): Promise<Findings> {
    const limit = await findOpenFileLimit()
    const waiting = Math.min(CONNECTORS, limit - OTHER_FILES)
    await using bench = await startBenchDatabase()
    await using scratch = await makeScratchDirectory()
    await seedConnectors(bench.pool, CONNECTORS)
    const [ourProbe, peerProbe] = [makeProbe(join(scratch.path, 'ours')), makeProbe(join(scratch.path, 'peer'))]
    await using server = await startScratchServer({ env: { PORTREEVE_DATABASE_URL: bench.url, ...ourProbe.env } })
    await using peer = await startPeer(bench.url, peerProbe.env)
    await using crowds = startCrowds()
    const orderWipe = await wipeOrderer(server.url)
    const scene = { pool: bench.pool, crowds, orderWipe, waiting, storm: CONNECTORS }
    const them = { port: peer.port, probe: peerProbe }
    const theirs = await measure(them, { ...scene, ...wipe(waiting, 0) })
    const us = { port: Number(new URL(server.url).port), probe: ourProbe }
    const ours = await measure(us, { ...scene, ...wipe(waiting, 1) })
    return { results: compare(ours, theirs, scene), notes: [...noteLimit(limit, waiting), ...explain(ours)] }
  },
}

/** Spread over all who wait; each `turn` others. */
function wipe(waiting: number, turn: number): Pick<Scene, 'toWipe'> {
  const stride = Math.floor(waiting / TO_WIPE)
  return { toWipe: Array.from({ length: TO_WIPE }, (_, n) => 1 + n * stride + turn) }
}

function compare(ours: Measured, theirs: Measured, { waiting, storm }: Pick<Scene, 'waiting' | 'storm'>): Result[] {
  const line = (what: string, figure: (measured: Measured) => Figure): Result => ({
    what,
    ours: figure(ours),
    peer: { name: 'node:http and the driver', ...figure(theirs) },
  })
  const goal = (kind: 'at most' | 'at least', value: number) => ({ goal: { kind, value, of: 'ours' } as const })
  const rate = ({ storm: { milliseconds } }: Measured) => perSecond((storm * 1000) / milliseconds)
  const many = waiting.toLocaleString('en')
  return [
    { ...line(`memory of the process for each of ${many} who wait`, (m) => kilobytes(m.rss)), ...goal('at most', 25) },
    line('heap and buffers for each, after a collection', (m) => kilobytes(m.heap)),
    line('the same, after all that follows', (m) => kilobytes(m.after.heap)),
    line(`wipe of ${TO_WIPE.toLocaleString('en')}, from the order to the client: median`, (m) =>
      ms(at(m.delivery, 0.5)),
    ),
    { ...line('the same: 95 of 100', (m) => ms(at(m.delivery, 0.95))), ...goal('at most', 1000) },
    { ...line(`storm of ${storm.toLocaleString('en')} check-ins`, rate), ...goal('at least', storm / 60) },
    line('event loop late in the storm: 99 of 100', (m) => ms(m.storm.delay.p99)),
    line('event loop late when it is over: 99 of 100', (m) => ms(m.after.delay.p99)),
  ]
}

function at(ascending: readonly number[], share: number): number {
  const figure = ascending[Math.ceil(ascending.length * share) - 1]
  if (figure === undefined) throw new RangeError('Nobody was told.')
  return figure
}

function noteLimit(limit: number, waiting: number): string[] {
  if (waiting === CONNECTORS) return []
  const wanted = CONNECTORS + OTHER_FILES
  return [
    `only ${waiting} of ${CONNECTORS} clients waited: a process may open no more than ${limit} files here. For all of them ` +
      `raise the hard limit to ${wanted} first (\`ulimit -Hn ${wanted}\` as root; \`LimitNOFILE\` of systemd, ` +
      '`--ulimit nofile` of Docker)',
  ]
}

function explain({ storm, after, left }: Measured): string[] {
  const statements = [...storm.statements].toSorted(([, a], [, b]) => b - a)
  return [
    `statements during the storm and the polls of those who wait: ${statements.map(([name, n]) => `${n} ${name}`).join(', ')}`,
    `when it is over: ${(after.cpu * 100).toFixed(1)} % of a core; ${Math.round(left / 1024)} KB more than at the start when all are gone`,
  ]
}
