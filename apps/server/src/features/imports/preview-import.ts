import type { PlannedRule, PlannedTeam } from '@portreeve/svn-authz'
import type { IdSource } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Warning } from '../../kernel/proposal.ts'
import type { Audience, PermissionType } from '../rules/index.ts'
import { composeImport, PERMISSION_TYPES } from './compose-import.ts'
import { countRows } from './import-authz.ts'
import { findObstacles, missingUsers } from './import-policy.ts'
import type { ImportReads } from './import-store.ts'
import { warningsOf } from './import-warnings.ts'
import { topmostPaths } from './resource-paths.ts'
import { type ImportInput, surveyImport } from './survey-import.ts'

/** What an import would make, and what stands in its way. */
export interface ImportPreview {
  readonly repositoryName: string
  readonly team: string
  readonly counts: ReturnType<typeof countRows>
  readonly obstacles: readonly Warning[]
  readonly unexpressed: readonly string[]
  readonly warnings: readonly Warning[]
  readonly existingPermissions: number
  readonly newUsers: readonly string[]
  readonly knownUsers: readonly string[]
  readonly resources: readonly string[]
  readonly teams: readonly PreviewedTeam[]
}

interface PreviewedTeam extends Pick<PlannedTeam, 'name' | 'description' | 'members'> {
  readonly resources: readonly string[]
  readonly rules: readonly {
    readonly ruleName: string
    readonly audience: Audience
    readonly members: readonly string[]
    readonly permissions: readonly { readonly permissionType: PermissionType; readonly path: string }[]
  }[]
}

export interface PreviewDeps {
  readonly reads: ImportReads
  readonly ids: IdSource
}

/** Says what the import would do now, changing nothing. Throws `repository.not_found`. */
export async function previewImport(
  { reads, ids }: PreviewDeps,
  caller: Principal,
  input: ImportInput,
): Promise<ImportPreview> {
  const situation = await surveyImport(reads, input)
  const { plan, target, team, known } = situation
  const rows = composeImport({ plan, repository: target, team: { id: ids.next(), name: team }, known, ids })
  return {
    repositoryName: target.name,
    team,
    counts: countRows(rows),
    obstacles: findObstacles(caller, situation).map(({ code, message }) => ({ code, message })),
    unexpressed: plan.unexpressed,
    warnings: warningsOf(situation),
    existingPermissions: target.permissions,
    newUsers: missingUsers(situation),
    knownUsers: known.map(({ username }) => username),
    resources: topmostPaths(plan.teams),
    teams: plan.teams.map(previewTeam),
  }
}

function previewTeam({ name, description, members, resources, rules }: PlannedTeam): PreviewedTeam {
  return { name, description, members, resources: resources.map(({ path }) => path), rules: rules.map(previewRule) }
}

function previewRule({ name, audience, access, members, places }: PlannedRule): PreviewedTeam['rules'][number] {
  const permissionType = PERMISSION_TYPES[access]
  return { ruleName: name, audience, members, permissions: places.map(({ path }) => ({ permissionType, path })) }
}
