import type { ProposalKind, Warning } from '../../kernel/proposal.ts'
import { composeImport } from './compose-import.ts'
import { assertMayImport, findObstacles, missingUsers } from './import-policy.ts'
import type { ImportReads, ImportRows, ImportWrites } from './import-store.ts'
import { warningsOf } from './import-warnings.ts'
import { type ImportInput, surveyImport } from './survey-import.ts'

/** How many warnings are kept with the task; a dry run answers them all. */
const KEPT_WARNINGS = 100

/** How many of each list the audit record names: the revision tells whom it made, the dry run all that is lost. */
const NAMED = 1000

/** Makes the teams, rules and missing users that a planned authz file wants: all of them, or nothing. */
export const importAuthz: ProposalKind<ImportReads, ImportWrites, ImportInput> = {
  type: 'repository.import',
  creates: true,
  async check(reads, { caller, entityId, ids }, input) {
    assertMayImport(caller)
    const situation = await surveyImport(reads, input)
    const [obstacle] = findObstacles(caller, situation)
    if (obstacle) throw obstacle
    const { plan, target, team, known } = situation
    const rows = composeImport({ plan, repository: target, team: { id: entityId, name: team }, known, ids })
    return {
      object: {
        type: 'repository',
        id: target.id,
        details: {
          name: target.name,
          team,
          ...countRows(rows),
          first: {
            newUsers: missingUsers(situation).slice(0, NAMED),
            unexpressed: plan.unexpressed.slice(0, NAMED),
          },
          unexpressed: plan.unexpressed.length,
        },
      },
      touches: [target.id],
      warnings: firstOf(warningsOf(situation)),
      write: (writes) => writes.insertImport(rows),
    }
  },
}

/** How much of each kind an import makes. */
export function countRows(rows: ImportRows): Readonly<Record<ImportedKind, number>> {
  return {
    users: rows.newUsers.length,
    teams: rows.teams.length,
    members: rows.members.length,
    resources: rows.resources.length,
    rules: rows.rules.length,
    permissions: rows.permissions.length,
  }
}

type ImportedKind = 'users' | 'teams' | 'members' | 'resources' | 'rules' | 'permissions'

function firstOf(warnings: readonly Warning[]): Warning[] {
  const more = warnings.length - KEPT_WARNINGS
  const rest = { code: 'import.more', message: `There are ${more} more; a dry run answers them all.` }
  return [...warnings.slice(0, KEPT_WARNINGS), ...(more > 0 ? [rest] : [])]
}
