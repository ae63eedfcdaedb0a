import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../audit/index.ts'
import { type Organisation, organisationErrors, parseOrganisationId, parseOrganisationName } from './organisation.ts'
import { assertMayModifyOrganisations, assertMaySwitchOff } from './organisation-policy.ts'
import type { OrganisationStore } from './organisation-store.ts'

interface Stores {
  readonly organisations: Pick<OrganisationStore, 'findForChange' | 'save'>
  readonly audit: AuditStore
  /** Makes every file of the organisation one that is to be generated again. */
  outdateFiles(organisation: number): Promise<void>
}

export interface ChangeOrganisationDeps {
  readonly clock: Clock
  /** Has what is outdated generated soon, after the transaction; never waits. */
  requestPublication(organisation: number): void
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface ChangeOrganisationInput {
  readonly caller: Principal
  readonly requestId: string
  /** As it stands in the path. */
  readonly id: string
  readonly name?: string | undefined
  readonly enabled?: boolean | undefined
}

/**
 * Renames, enables or disables an organisation; what is not given stays. While it is disabled its files let nobody in: a
 * safety act, enforced at once.
 */
export async function changeOrganisation(
  deps: ChangeOrganisationDeps,
  input: ChangeOrganisationInput,
): Promise<Organisation> {
  assertMayModifyOrganisations(input.caller)
  const id = parseOrganisationId(input.id)
  const name = input.name === undefined ? undefined : parseOrganisationName(input.name)
  const at = deps.clock.now()
  const changed = await deps.inTransaction(async ({ organisations, audit, outdateFiles }) => {
    const before = id === undefined ? undefined : await organisations.findForChange(id)
    if (!before) throw organisationErrors.not_found(input.id)
    const after = { ...before, name: name ?? before.name, enabled: input.enabled ?? before.enabled }
    if (before.enabled && !after.enabled) assertMaySwitchOff(input.caller, before.id)
    if (after.name === before.name && after.enabled === before.enabled) return before
    await organisations.save(after)
    if (after.enabled !== before.enabled) await outdateFiles(after.id)
    await audit.record({
      organisation: before.id,
      at,
      actor: actorOf(input.caller),
      action: 'organisation.change',
      object: { type: 'organisation', id: String(before.id) },
      details: { before: facts(before), after: facts(after) },
      requestId: input.requestId,
    })
    return after
  })
  deps.requestPublication(changed.id)
  return changed
}

function facts({ name, enabled }: Organisation): { name: string; enabled: boolean } {
  return { name, enabled }
}
