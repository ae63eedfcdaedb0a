import type { ProposalKind } from '../../../kernel/proposal.ts'
import { findOrMakeKnown, type RepositoryReads, type RepositoryWrites } from '../../repositories/index.ts'
import { grantsOn, type LeaderGrants, requireAbove } from '../leaders/leader-policy.ts'
import { teamErrors } from '../team.ts'
import type { TeamReads } from '../team-store.ts'
import { parseRepositoryPath, resourceErrors } from './resource.ts'
import type { ResourceReads, ResourceWrites } from './resource-store.ts'

export interface NewResource {
  readonly teamId: string
  readonly repositoryName: string
  readonly path?: string
  readonly ownerTeam?: string
}

type Reads = TeamReads & LeaderGrants & RepositoryReads & ResourceReads

/**
 * Lets a team hand out a path, or a data source: admins any to a root team; to a subteam who manages its parent's resources, out
 * of these.
 */
export const addResource: ProposalKind<Reads, ResourceWrites & RepositoryWrites, NewResource> = {
  type: 'team.add-resource',
  creates: true,
  async check(reads, { caller, entityId, ids }, input) {
    await grantsOn(reads, caller, input.teamId)
    const team = await reads.findTeam(input.teamId)
    if (!team) throw teamErrors.not_found(input.teamId)
    await requireAbove(reads, caller, team.parentTeam, 'manageResources', 'give resources to root teams')
    const path = parseRepositoryPath(input.path ?? '/')
    if (input.ownerTeam !== undefined && input.ownerTeam !== team.id) throw resourceErrors.other_team()
    const known = await findOrMakeKnown(reads, ids, input.repositoryName)
    if (!known) throw resourceErrors.unknown_repository(input.repositoryName)
    const { name: repositoryName, id: repositoryId, type } = known.repository
    if (type === 'DATASOURCE' && path !== '/') throw resourceErrors.whole_data_source()
    if (await reads.hasResource(team.id, repositoryId, path)) throw resourceErrors.taken(repositoryName, path)
    if (team.parentTeam !== null && !(await reads.coversPath(team.parentTeam, repositoryId, path))) {
      throw resourceErrors.outside_parent(repositoryName, path)
    }
    return {
      object: { type: 'resource', id: entityId, details: { team: team.name, repositoryName, path } },
      touches: [],
      async write(writes) {
        if (known.isNew) await writes.insertRepository(known.repository)
        await writes.insertResource({ id: entityId, repositoryId, repositoryName, path, ownerTeam: team.id })
      },
    }
  },
}
