import { BulkJobDto, BulkWait, UserFilterFields, Uuid } from '@portreeve/contract'
import { type Static, Type } from 'typebox'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import { type AwaitBulkJobDeps, awaitBulkJob, toBulkJobDto } from '../../bulk-jobs/index.ts'
import {
  bulkUserErrors,
  type ChosenUsers,
  MOST_IDS,
  type OrderUserSwitchesDeps,
  orderUserSwitches,
} from './order-user-switches.ts'

export type BulkUsersDeps = OrderUserSwitchesDeps & { readonly waiting: AwaitBulkJobDeps }

const BulkBody = Type.Object(
  {
    user_ids: Type.Optional(Type.Array(Uuid, { minItems: 1, maxItems: MOST_IDS })),
    filter: Type.Optional(
      Type.Object(UserFilterFields, {
        additionalProperties: false,
        description: 'All that match when their turn comes, of those there are now',
      }),
    ),
    enabled: Type.Boolean({ description: 'true: enable them; false: disable them' }),
    dry_run: Type.Optional(Type.Boolean({ description: 'Change nothing, and say what would be' })),
  },
  { additionalProperties: false },
)

/** Changes of many users. */
export function bulkUsersRoute(deps: BulkUsersDeps): Route {
  return defineRoute({
    dialect: 'admin',
    access: 'signed-in',
    formats: 'json',
    method: 'POST',
    url: '/v1/admin/users/bulk/',
    name: 'switchUsers',
    summary: 'Enable or disable any number of users, each as if they were the only one, as a bulk job',
    permission:
      'allow_modify_users or allow_modify_admins; then, for each: allow_modify_users for plain users, allow_modify_admins for admins, a superadmin for superadmins',
    query: Type.Object({ wait: BulkWait }),
    body: BulkBody,
    answers: { 200: { description: 'The job: its results say what became of each', schema: BulkJobDto } },
    errors: ['access.flag_missing', 'user_bulk.bad_selection', 'user_bulk.unknown_users'],
    async handle({ caller, requestId, body, query, signal }) {
      const { enabled, dry_run: dryRun = false } = body
      const job = await orderUserSwitches(deps, { caller, requestId, chosen: chosenBy(body), enabled, dryRun })
      const seen = await awaitBulkJob(deps.waiting, job, { forMs: query.wait * 1000, signal })
      return { status: 200, body: toBulkJobDto(seen) }
    },
  })
}

function chosenBy({ user_ids: ids, filter }: Pick<Static<typeof BulkBody>, 'user_ids' | 'filter'>): ChosenUsers {
  if (ids && !filter) return { ids }
  if (filter && !ids) return { filter }
  throw bulkUserErrors.bad_selection()
}
