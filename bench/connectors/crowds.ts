import { type ChildProcess, fork } from 'node:child_process'
import { EventEmitter, on, once } from 'node:events'
import type { Crowd, CrowdNews, CrowdOrder } from './crowd-message.ts'

/** Clients in processes of their own. */
export interface Crowds extends AsyncDisposable {
  /** Clients 1 to `clients` hold a long poll each, from now on. */
  wait(port: number, clients: number): Promise<void>
  /** Clients 1 to `clients` ask once each; resolves when all are answered. */
  checkIn(port: number, clients: number): Promise<void>
  leave(): Promise<void>
  /** Resolves with when so many waiting clients were told of an order, from the call on. */
  told(clients: number): Promise<number[]>
}

const PROCESSES = 2
const PROCESS = new URL('crowd-process.ts', import.meta.url)

export function startCrowds(): Crowds {
  const processes = Array.from({ length: PROCESSES }, () => fork(PROCESS, { execArgv: [] }))
  const news = new EventEmitter<{ told: [number]; error: [Error] }>()
  for (const process of processes) process.on('message', (said: CrowdNews) => hear(said))
  const hear = (said: CrowdNews) => {
    if (said.event === 'told') news.emit('told', said.at)
    if (said.event === 'failed') news.emit('error', new Error(said.why))
  }
  let turn = 0
  const order = async (orderOf: (n: number) => CrowdOrder) => {
    await Promise.all(processes.map((process, n) => tell(process, orderOf(n))))
  }
  const crowdOf = (port: number, clients: number, n: number): Crowd => {
    const from = Math.floor((clients * n) / PROCESSES) + 1
    const to = Math.floor((clients * (n + 1)) / PROCESSES)
    return { port, address: `127.0.${turn}.${n + 1}`, from, to }
  }
  const gather = (act: 'wait' | 'check in') => (port: number, clients: number) => {
    turn += 1
    return order((n) => ({ act, crowd: crowdOf(port, clients, n) }))
  }
  return {
    wait: gather('wait'),
    checkIn: gather('check in'),
    leave: () => order(() => ({ act: 'leave' })),
    async told(clients) {
      const times: number[] = []
      for await (const [at] of on(news, 'told') as AsyncIterable<[number]>) {
        times.push(at)
        if (times.length === clients) break
      }
      return times
    },
    async [Symbol.asyncDispose]() {
      for (const process of processes) process.disconnect()
      await Promise.all(processes.map((process) => process.exitCode ?? once(process, 'exit')))
    },
  }
}

async function tell(process: ChildProcess, order: CrowdOrder): Promise<void> {
  const ended = Promise.withResolvers<void>()
  const hear = (said: CrowdNews) => {
    if (said.event === 'done') ended.resolve()
    if (said.event === 'failed') ended.reject(new Error(said.why))
  }
  process.on('message', hear)
  process.send(order)
  try {
    await ended.promise
  } finally {
    process.off('message', hear)
  }
}
