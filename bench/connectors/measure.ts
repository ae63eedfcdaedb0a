import { setTimeout as delay } from 'node:timers/promises'
import type { Pool } from '../harness/bench-database.ts'
import { timed } from '../harness/interleave.ts'
import type { Crowds } from './crowds.ts'
import type { Probe } from './probed-process.ts'
import type { ProbeReading } from './process-probe.ts'
import { enableAll, forgetUses } from './seed-connectors.ts'
import type { OrderWipe } from './wipe-orderer.ts'

export interface Contestant {
  readonly port: number
  readonly probe: Probe
}

export interface Scene {
  readonly pool: Pool
  readonly crowds: Crowds
  readonly orderWipe: OrderWipe
  /** How many clients wait. */
  readonly waiting: number
  /** How many clients ask in the storm. */
  readonly storm: number
  readonly toWipe: readonly number[]
}

interface Storm {
  readonly milliseconds: number
  /** How often each statement was run, until what the storm left behind was done. */
  readonly statements: ReadonlyMap<string, number>
  readonly delay: ProbeReading['delay']
  /** Seconds of the processor, since the start of the process. */
  readonly cpu: number
}

export interface Measured {
  /** Bytes for each waiting client. */
  readonly rss: number
  readonly heap: number
  /** Milliseconds from the order to its being heard, ascending. */
  readonly delivery: readonly number[]
  readonly storm: Storm
  /** The same clients waiting, for some seconds when the storm is over. */
  readonly after: {
    /** Bytes for each waiting client. */
    readonly heap: number
    readonly delay: ProbeReading['delay']
    /** Seconds of the processor in a second. */
    readonly cpu: number
  }
  /** What is held, in bytes above the start, once everybody is gone. */
  readonly left: number
}

/** Enough for all code to be compiled and all pools to be filled. */
const WARM_UP = 3000
const SETTLE_MS = 4000
/** Longer than uses are collected for. */
const AFTERMATH_MS = 6000
const QUIET_MS = 10_000

export async function measure(contestant: Contestant, scene: Scene): Promise<Measured> {
  const { port, probe } = contestant
  const { pool, crowds, waiting } = scene
  await enableAll(pool)
  await crowds.checkIn(port, WARM_UP)
  await delay(AFTERMATH_MS)
  const start = await probe.read()
  await fill(contestant, scene)
  const full = await probe.read()
  const delivery = await deliver(scene)
  const storm = await brave(contestant, scene)
  await delay(QUIET_MS)
  const quiet = await probe.read()
  await crowds.leave()
  await delay(QUIET_MS)
  const end = await probe.read()
  return {
    rss: (full.rss - start.rss) / waiting,
    heap: (full.heap - start.heap) / waiting,
    delivery,
    storm,
    after: {
      heap: (quiet.heap - start.heap) / (waiting - scene.toWipe.length),
      delay: quiet.delay,
      cpu: ((quiet.cpu - storm.cpu) * 1000) / QUIET_MS,
    },
    left: end.heap - start.heap,
  }
}

/** Until all wait: who asks after them is answered after them. */
async function fill({ port }: Contestant, { crowds, waiting }: Scene): Promise<void> {
  await crowds.wait(port, waiting)
  await crowds.checkIn(port, 1)
  await delay(SETTLE_MS)
}

async function deliver({ crowds, orderWipe, toWipe }: Scene): Promise<number[]> {
  const told = crowds.told(toWipe.length)
  const orderedAt = Date.now()
  await orderWipe(toWipe)
  return (await told).map((at) => at - orderedAt).sort((a, b) => a - b)
}

async function brave({ port, probe }: Contestant, { pool, crowds, storm }: Scene): Promise<Storm> {
  await forgetUses(pool)
  const before = await probe.read()
  const milliseconds = await timed(() => crowds.checkIn(port, storm))
  const { delay: late } = await probe.read()
  await delay(AFTERMATH_MS)
  const after = await probe.read()
  const counts = Object.entries(after.statements).map(([name, count]): [string, number] => [
    name,
    count - (before.statements[name] ?? 0),
  ])
  return { milliseconds, delay: late, cpu: after.cpu, statements: new Map(counts.filter(([, count]) => count > 0)) }
}
