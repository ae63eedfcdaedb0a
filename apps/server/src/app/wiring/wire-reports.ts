import { setImmediate as immediate } from 'node:timers/promises'
import {
  type Differences,
  type ModelWarning,
  reportDifferences,
  reportWarnings,
  weightOfDifferences,
  weightOfWarnings,
} from '../../features/enforcement/index.ts'
import { reportRoutes } from '../../features/enforcement/reports/reports.http.ts'
import { sqlReportStore } from '../../features/enforcement/reports/reports.sql.ts'
import { ComputedCache } from '../../platform/computed-cache.ts'
import type { Database } from '../../platform/database/database.ts'
import { type ModelRoutes, modelRoutes } from '../../platform/http/model-routes.ts'
import type { Route } from '../../platform/http/route.ts'

// Names are nearly all of it, a few bytes each: tens of megabytes at most.
const MAX_WEIGHT = 2_000_000

/** Reports on what a model means for its users, remembered while they hold. */
export function wireReports({ database }: { readonly database: Database }): Route[] {
  const deps = { store: sqlReportStore(database), breathe: immediate }
  const differences = new ComputedCache<Differences>({ maxWeight: MAX_WEIGHT, weightOf: weightOfDifferences })
  const warnings = new ComputedCache<readonly ModelWarning[]>({ maxWeight: MAX_WEIGHT, weightOf: weightOfWarnings })
  return reportRoutes({
    ...deps,
    model: readOnly,
    differences: (span, version) =>
      differences.get(`${span.organisation} ${version}`, () => reportDifferences(deps, span)),
    warnings: (view) => warnings.get(`${view.organisation} ${view.version}`, () => reportWarnings(deps, view)),
  })
}

const readOnly: Pick<ModelRoutes<never, never>, 'list'> = modelRoutes<never, never>({
  submit: () => Promise.reject(new Error('A report proposes nothing.')),
  baseUrl: 'http://localhost',
})
