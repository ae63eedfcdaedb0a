import type { RepositoryImportPlan } from '@portreeve/svn-authz'
import { repositoryErrors } from '../repositories/index.ts'
import { nameKey } from '../teams/index.ts'
import type { ImportSituation } from './import-policy.ts'
import type { ImportReads } from './import-store.ts'

/** A file that was planned already, and how to import it. Kept with the task while that waits. */
export interface ImportInput {
  readonly repositoryId: string
  readonly plan: RepositoryImportPlan
  /** The name of the root team to make; the repository's by default. */
  readonly team?: string
  readonly acceptLoss: boolean
}

/** Looks at what the import meets in the model, in four statements. Throws `repository.not_found`. */
export async function surveyImport(reads: ImportReads, input: ImportInput): Promise<ImportSituation> {
  const { repositoryId, plan, acceptLoss } = input
  const team = input.team ?? plan.repository
  const [target, teamExists, known, allowsLocalUsers] = await Promise.all([
    reads.findImportTarget(repositoryId),
    reads.rootTeamExists(nameKey(team)),
    reads.usersNamed(plan.users),
    reads.allowsLocalUsers(),
  ])
  if (!target) throw repositoryErrors.not_found(repositoryId)
  return { plan, acceptLoss, target, team, teamExists, known, allowsLocalUsers }
}
