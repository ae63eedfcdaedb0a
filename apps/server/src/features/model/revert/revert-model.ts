import { defineErrors } from '../../../kernel/errors.ts'
import type { ProposalKind, Warning } from '../../../kernel/proposal.ts'
import { assertMayChangeTeams } from '../../teams/index.ts'
import type { RevertReads, RevertWrites } from './revert-store.ts'

const revertErrors = defineErrors('revert', {
  beyond_head: {
    kind: 'invalid',
    message: (revision: number, head: number) =>
      `revision: there is no revision ${revision} yet: the last one is ${head}.`,
  },
  is_head: {
    kind: 'invalid',
    message: (revision: number) => `revision: ${revision} is the last revision: there is nothing to undo.`,
  },
})

/** How many names a warning goes into. */
const NAMED = 20

/**
 * Makes teams, memberships, leaders, resources, rules and permissions what they were at a revision: as a proposal like any
 * other, so that it waits where updates are batched, and can itself be reverted. Users and repositories have no versions and
 * stay as they are, and so do data sources.
 */
export const revertModel: ProposalKind<RevertReads, RevertWrites, { readonly revision: number }> = {
  type: 'model.revert',
  creates: false,
  async check(reads, { caller, head }, { revision }) {
    assertMayChangeTeams(caller)
    if (revision > head) throw revertErrors.beyond_head(revision, head)
    if (revision === head) throw revertErrors.is_head(revision)
    return {
      object: { type: 'organisation', id: String(caller.organisation), details: { to: revision } },
      touches: await reads.repositoriesChangedSince(revision),
      warnings: await listWarnings(reads, revision),
      write: (writes) => writes.revertTo(revision),
    }
  },
}

async function listWarnings(reads: RevertReads, revision: number): Promise<Warning[]> {
  const [disabled, forgotten, deleted] = await Promise.all([
    reads.disabledUsersBroughtBack(revision, NAMED + 1),
    reads.teamsOfForgottenDirectories(revision, NAMED + 1),
    reads.forgottenDataSources(revision, NAMED + 1),
  ])
  const warnings: Warning[] = []
  if (disabled.length > 0) {
    const message = `Named again as at revision ${revision}, and yet without access since they are disabled: ${enumerate(disabled)}.`
    warnings.push({ code: 'revert.disabled_users', message })
  }
  if (forgotten.length > 0) {
    const message = `These teams take their members from a directory again that has been deleted since: ${enumerate(forgotten)}.`
    warnings.push({ code: 'revert.forgotten_directories', message })
  }
  if (deleted.length > 0) {
    const message = `Teams hand out data sources again that have been deleted since, which lets nobody in anywhere: ${enumerate(deleted)}.`
    warnings.push({ code: 'revert.forgotten_data_sources', message })
  }
  return warnings
}

function enumerate(names: readonly string[]): string {
  return `${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? ' and more' : ''}`
}
