import type { ProposalKind } from '../../kernel/proposal.ts'
import { assertMayChangeRepositories, parseRepositoryName, repositoryErrors } from './repository.ts'
import type { RepositoryReads, RepositoryWrites } from './repository-store.ts'

export interface NewRepository {
  readonly name: string
  readonly description?: string
  readonly type?: 'SVN'
}

/** Makes a repository known. Its file is published at once, and denies everything until a rule speaks. */
export const createRepository: ProposalKind<RepositoryReads, RepositoryWrites, NewRepository> = {
  type: 'repository.create',
  creates: true,
  async check(reads, { caller, entityId }, input) {
    assertMayChangeRepositories(caller)
    const name = parseRepositoryName(input.name)
    if (await reads.repositoryNameTaken(name)) throw repositoryErrors.name_taken(name)
    return {
      object: { type: 'repository', id: entityId, details: { name } },
      atOnce: true,
      touches: [entityId],
      write: (writes) =>
        writes.insertRepository({
          id: entityId,
          name,
          description: input.description ?? null,
          type: input.type ?? 'SVN',
        }),
    }
  },
}
