import { ImportBody, ImportPlanDto, ImportQuery, idParams, TaskIdAnswer } from '@portreeve/contract'
import type { RepositoryImportPlan } from '@portreeve/svn-authz'
import type { IdSource } from '../../kernel/ids.ts'
import type { ModelRoutes } from '../../platform/http/model-routes.ts'
import { defineRoute, type Route } from '../../platform/http/route.ts'
import { repositoryErrors } from '../repositories/index.ts'
import { importAuthz } from './import-authz.ts'
import { assertMayImport, importErrors } from './import-policy.ts'
import type { ImportReads, ImportWrites } from './import-store.ts'
import { previewImport } from './preview-import.ts'

export interface ImportRoutesDeps {
  readonly model: ModelRoutes<ImportReads, ImportWrites>
  readonly ids: IdSource
  importReads(organisation: number): ImportReads
  /** Plans the import of a file apart from the server's own thread. */
  planAuthz(question: AuthzQuestion, signal: AbortSignal): Promise<AuthzAnswer>
}

interface AuthzQuestion {
  readonly authz: string
  readonly repository: string
}

type AuthzAnswer =
  | { readonly plan: RepositoryImportPlan }
  | { readonly refused: { readonly line: number; readonly message: string } }

/** A file of 20 MB, with room for what JSON and XML escape. */
const BODY_LIMIT = 64 * 1024 * 1024

const ERRORS = [
  'repository.not_found',
  'import.bad_file',
  'import.busy',
  'import.too_large',
  'import.nothing_to_import',
  'import.loss',
  'import.team_exists',
  'import.missing_users',
  'import.not_in_directory',
  'import.repository_has_rules',
]

/** Brings in the access that an existing authz file gives. */
export function importRoutes(deps: ImportRoutesDeps): Route[] {
  return [
    defineRoute({
      name: 'importAuthz',
      method: 'POST',
      url: '/api/repositories/{id}/import',
      dialect: 'teams',
      access: 'signed-in',
      formats: 'json+xml',
      summary: 'Import an existing authz file: as a dry run what that would make, or make it',
      permission: 'allow_modify_teams; allow_modify_users where the file names users that are not there',
      params: idParams('id'),
      query: ImportQuery,
      body: ImportBody,
      bodyLimit: BODY_LIMIT,
      errors: ERRORS,
      answers: {
        200: { description: 'With dryRun=true: what the import would make.', schema: ImportPlanDto },
        202: {
          description: 'Taken in; the body is the id of its task, X-entity-id the id of the root team it makes.',
          schema: TaskIdAnswer,
        },
      },
      handle: async (incoming) => {
        const { caller, params, query, body } = incoming
        assertMayImport(caller)
        const reads = deps.importReads(caller.organisation)
        const { team, authz } = body
        const target = await reads.findImportTarget(params.id)
        if (!target) throw repositoryErrors.not_found(params.id)
        // Before it is proposed: a proposal holds the organisation's lock.
        const answer = await deps.planAuthz({ authz, repository: target.name }, incoming.signal)
        if ('refused' in answer) throw importErrors.bad_file(answer.refused.line, answer.refused.message)
        const input = {
          repositoryId: params.id,
          plan: answer.plan,
          acceptLoss: query.acceptLoss === true,
          ...(team !== undefined && { team }),
        }
        if (query.dryRun !== true) return await deps.model.propose(importAuthz, incoming, input)
        return { status: 200, body: await previewImport({ reads, ids: deps.ids }, caller, input) }
      },
    }),
  ]
}
