import type { RepositoryImportPlan } from '@portreeve/svn-authz'
import { requireFlag } from '../../kernel/access.ts'
import { type AppError, defineErrors } from '../../kernel/errors.ts'
import { holds, type Principal } from '../../kernel/principal.ts'
import { isPrintableName, teamErrors } from '../teams/index.ts'
import type { ImportTarget, KnownUser } from './import-store.ts'

/** How many things of a kind a message names. */
const NAMED = 50

export const importErrors = defineErrors('import', {
  bad_file: {
    kind: 'invalid',
    message: (line: number, message: string) => `authz: Subversion refuses the file. Line ${line}: ${message}`,
  },
  nothing_to_import: {
    kind: 'invalid',
    message: (repository: string) =>
      `authz: there is nothing to import: the file has no group with members, and gives nobody anything in "${repository}".`,
  },
  repository_has_rules: {
    kind: 'conflict',
    message: (permissions: number) =>
      `Rules say ${permissions} things of this repository already; with the file's beside them, neither would mean what it does alone. Take those rules away first.`,
  },
  team_exists: {
    kind: 'invalid',
    message: (name: string) =>
      `team: there is a team "${name}" already; name another one to put the file's groups under.`,
  },
  loss: {
    kind: 'invalid',
    message: (unexpressed: readonly string[]) =>
      `authz: rules cannot say all of the file. ${listed(unexpressed, ' ')} With acceptLoss=true the rest is imported.`,
  },
  missing_users: {
    kind: 'forbidden',
    message: (usernames: readonly string[]) =>
      `The file names ${usernames.length} users whom the organisation does not have, and to create them needs the permission allow_modify_users: ${listed(usernames, ', ')}.`,
  },
  not_in_directory: {
    kind: 'invalid',
    message: (usernames: readonly string[]) =>
      `authz: the organisation knows people from its directory alone, and ${usernames.length} whom the file names did not come from there: ${listed(usernames, ', ')}.`,
  },
})

function listed(items: readonly string[], separator: string): string {
  const more = items.length - NAMED
  return `${items.slice(0, NAMED).join(separator)}${more > 0 ? `${separator}… and ${more} more` : ''}`
}

/** Who may plan an import and see it; a wider audience than members needs an admin, and this flag only admins have. */
export function assertMayImport(caller: Principal): void {
  requireFlag(caller, 'allow_modify_teams')
}

/** What an import meets in the model. */
export interface ImportSituation {
  readonly plan: RepositoryImportPlan
  readonly acceptLoss: boolean
  readonly target: ImportTarget
  /** The name of the root team to make. */
  readonly team: string
  readonly teamExists: boolean
  readonly known: readonly KnownUser[]
  /** False when the organisation knows people from its directory alone. */
  readonly allowsLocalUsers: boolean
}

/** Everything that stands in the way of an import; it is made when there is nothing. */
export function findObstacles(caller: Principal, situation: ImportSituation): AppError[] {
  const { plan, acceptLoss, target, team, teamExists } = situation
  const missing = missingUsers(situation)
  return [
    !holds(caller, 'allow_modify_users') && missing.length > 0 && importErrors.missing_users(missing),
    !situation.allowsLocalUsers && missing.length > 0 && importErrors.not_in_directory(missing),
    !isPrintableName(team) && teamErrors.bad_name(team),
    plan.teams.length === 0 && importErrors.nothing_to_import(target.name),
    plan.unexpressed.length > 0 && !acceptLoss && importErrors.loss(plan.unexpressed),
    teamExists && importErrors.team_exists(team),
    target.permissions > 0 && importErrors.repository_has_rules(target.permissions),
  ].filter((obstacle) => obstacle !== false)
}

export function missingUsers({ plan, known }: Pick<ImportSituation, 'plan' | 'known'>): string[] {
  const there = new Set(known.map(({ username }) => username))
  return plan.users.filter((username) => !there.has(username))
}
