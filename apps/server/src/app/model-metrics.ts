import { Gauge, Histogram, type Registry } from 'prom-client'
import type { ModelReading, ModelsKept } from '../features/decisions/index.ts'

const BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 2.5, 5, 10]

/** Registers what a node's models cost; answers what to tell of each reading. */
export function measureModels(registry: Registry, count: () => readonly ModelsKept[]): (reading: ModelReading) => void {
  const durations = new Histogram({
    name: 'portreeve_access_model_read_duration_seconds',
    help: 'Time to bring a model in memory up to date: by what changed, or by all facts.',
    labelNames: ['by'],
    buckets: BUCKETS_S,
    registers: [registry],
  })
  gauge('portreeve_access_models', 'Models of organisations kept in memory.', ({ models }) => models)
  gauge(
    'portreeve_access_model_parts',
    'Users, memberships, rules and permissions kept in memory, over all organisations.',
    ({ parts }) => parts,
  )
  return ({ by, durationMs }) => durations.observe({ by }, durationMs / 1000)

  function gauge(name: string, help: string, amountOf: (kept: ModelsKept) => number): void {
    new Gauge({
      name,
      help,
      labelNames: ['state'],
      registers: [registry],
      collect() {
        for (const kept of count()) this.set({ state: kept.state }, amountOf(kept))
      },
    })
  }
}
