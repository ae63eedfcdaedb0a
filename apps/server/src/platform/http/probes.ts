import type { FastifyInstance } from 'fastify'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Traffic } from './traffic.ts'

/** Something this node cannot serve without. */
export interface ReadinessCheck {
  /** `database`, `migrations` … as shown to whoever asks. */
  readonly name: string
  /** Rejects when it is not so. */
  run(): Promise<void>
}

export interface ProbeOptions {
  readonly readiness: readonly ReadinessCheck[]
  readonly metrics: Metrics
  readonly traffic: Traffic
}

/** A check that takes longer has failed: whoever asks decides in seconds. */
const CHECK_TIMEOUT_MS = 2000

/** `/healthz`, `/readyz` and `/metrics`: for orchestrators and scrapers, outside every interface. */
export function addProbes(app: FastifyInstance, { readiness, metrics, traffic }: ProbeOptions): void {
  const probe = (name: string) => ({ config: { name, isProbe: true } })

  app.get('/healthz', probe('healthz'), async (_request, reply) => reply.send({ status: 'up' }))

  app.get('/readyz', probe('readyz'), async (request, reply) => {
    const outcomes = await Promise.all(
      readiness.map((check) => runCheck(check, (err) => request.log.warn({ err, check: check.name }, 'not ready'))),
    )
    const checks = Object.fromEntries(outcomes)
    const status = readinessStatus(outcomes, traffic)
    return reply.code(status === 'ready' ? 200 : 503).send({ status, checks })
  })

  app.get('/metrics', probe('metrics'), async (_request, reply) => {
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
}

type Outcome = 'ok' | 'failed'

function readinessStatus(outcomes: readonly [string, Outcome][], { isDraining }: Traffic): string {
  if (isDraining) return 'draining'
  return outcomes.every(([, outcome]) => outcome === 'ok') ? 'ready' : 'not ready'
}

async function runCheck(
  { name, run }: ReadinessCheck,
  onFailure: (error: unknown) => void,
): Promise<[string, Outcome]> {
  const timeout = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => timeout.reject(new Error(`No answer within ${CHECK_TIMEOUT_MS} ms.`)),
    CHECK_TIMEOUT_MS,
  )
  try {
    await Promise.race([run(), timeout.promise])
    return [name, 'ok']
  } catch (error) {
    // The reason stays in the log: it can name hosts and accounts, and anybody may ask here.
    onFailure(error)
    return [name, 'failed']
  } finally {
    clearTimeout(timer)
  }
}
