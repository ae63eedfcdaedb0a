import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** The metrics of one server. Other parts register theirs with `registry`. */
export interface Metrics {
  readonly registry: Registry
  observeRequest(request: ObservedRequest): void
}

export interface ObservedRequest {
  /** The operation's name, never the URL: URLs are endless. */
  readonly route: string
  readonly status: number
  readonly durationS: number
}

const BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'portreeve_http_request_duration_seconds',
    help: 'Time from a request’s first line to its answer’s last byte.',
    labelNames: ['route', 'status'],
    buckets: BUCKETS_S,
    registers: [registry],
  })
  return {
    registry,
    observeRequest: ({ route, status, durationS }) => durations.observe({ route, status }, durationS),
  }
}
