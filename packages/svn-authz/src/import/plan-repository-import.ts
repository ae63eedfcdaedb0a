import type { AuthzFile } from '../authz-file.ts'
import type { RepositoryImportPlan } from './import-plan.ts'
import { leaveOutInexpressible } from './leave-out.ts'
import { narrowToRepository } from './narrow-to-repository.ts'
import { planImport } from './plan-import.ts'

/**
 * Plans teams and rules that give everybody in one repository what an existing file gives them there. Unlike
 * {@link planImport} it takes every file that Subversion takes: what cannot be expressed is left out, and listed.
 */
export function planRepositoryImport(file: AuthzFile, repository: string): RepositoryImportPlan {
  const narrowed = narrowToRepository(file, repository)
  const kept = leaveOutInexpressible(narrowed.file)
  const { repositories: _, unexpressed, ...plan } = planImport(kept.file, [repository])
  return { ...plan, repository, unexpressed: [...kept.unexpressed, ...unexpressed], others: narrowed.others }
}
