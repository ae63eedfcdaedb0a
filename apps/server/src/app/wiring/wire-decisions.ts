import { setTimeout as delay, setImmediate as immediate } from 'node:timers/promises'
import { accessRoutes } from '../../features/decisions/asks/access.http.ts'
import { sqlLiveFactsStore } from '../../features/decisions/asks/live-facts.sql.ts'
import { MODEL_CHANNEL, tellOfModels } from '../../features/decisions/freshness/model-news.sql.ts'
import { sqlModelSource } from '../../features/decisions/freshness/model-source.sql.ts'
import { purgeModelChanges } from '../../features/decisions/freshness/purge-changes.sql.ts'
import { DecisionModels } from '../../features/decisions/index.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Route } from '../../platform/http/route.ts'
import { secretToken } from '../../platform/security/secret-token.ts'
import type { Logger } from '../../platform/telemetry/logger.ts'
import type { Metrics } from '../../platform/telemetry/metrics.ts'
import { measureModels } from '../model-metrics.ts'

export interface ModelsResources {
  readonly database: Database
  readonly logger: Logger
  readonly metrics: Pick<Metrics, 'registry'>
}

/** The compiled models of this node, kept fresh while it listens. */
export interface Models {
  readonly models: DecisionModels
  /** Tells all nodes, in a moment, that an organisation's model or what is enforced of it has changed. */
  tell(organisation: number): void
  /** Listens for such news until disposed; without them models are read when they are asked, which then takes longer. */
  listen(): Promise<AsyncDisposable>
  purge(): Promise<void>
  /** Rejects while models cannot be read. Which there are depends on who asks: each is read when it is asked first. */
  assertReadable(): Promise<void>
}

export interface AccessResources {
  readonly database: Database
  readonly clock: Clock
  readonly models: DecisionModels
}

/** Answers to who may do what, ready to serve. */
export interface Access {
  readonly routes: readonly Route[]
}

export function wireAccess({ database, clock, models }: AccessResources): Access {
  const facts = sqlLiveFactsStore(database, secretToken.digest)
  return { routes: accessRoutes({ clock, facts, models, breathe: immediate }) }
}

/** At about a hundred bytes each. */
const MOST_PARTS = 4_000_000
/** Lost news are made up for so often. */
const LOOK_EVERY_MS = 1000
/** What changes in bursts is told of once. */
const TELL_AFTER_MS = 20

export function wireModels({ database, logger, metrics }: ModelsResources): Models {
  const onFailure = (organisation: number, err: unknown) =>
    logger.warn({ err, organisation }, 'a model could not be read; it is tried again when it is asked')
  const onRead = measureModels(metrics.registry, () => models.count())
  const models: DecisionModels = new DecisionModels({
    source: sqlModelSource(database),
    mostParts: MOST_PARTS,
    monotonicMs: () => performance.now(),
    breathe: immediate,
    pause: (forMs) => delay(forMs),
    onFailure,
    onRead,
  })
  let isLooking = false
  const look = async () => {
    // While the database does not answer, one look waits for it, not one more each second.
    if (isLooking) return
    isLooking = true
    await models.look().catch((err: unknown) => logger.warn({ err }, 'models could not be looked after'))
    isLooking = false
  }
  return {
    models,
    tell: teller(database),
    purge: () => purgeModelChanges(database),
    assertReadable: () => models.look(),
    async listen() {
      await using starting = new AsyncDisposableStack()
      const timer = setInterval(() => void look(), LOOK_EVERY_MS).unref()
      starting.defer(() => clearInterval(timer))
      starting.use(
        await database.listen(
          MODEL_CHANNEL,
          (id) => models.notice(Number(id)),
          () => void look(),
        ),
      )
      return starting.move()
    },
  }
}

function teller(database: Database): (organisation: number) => void {
  const changed = new Set<number>()
  const tell = () => {
    const organisations = [...changed]
    changed.clear()
    // News only spare a wait: whoever does not hear of them looks by itself.
    tellOfModels(database, organisations).catch(() => undefined)
  }
  return (organisation) => {
    if (changed.size === 0) setTimeout(tell, TELL_AFTER_MS).unref()
    changed.add(organisation)
  }
}
