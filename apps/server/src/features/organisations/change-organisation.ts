import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../audit/index.ts'
import {
  type Organisation,
  organisationErrors,
  parseOrganisationId,
  parseOrganisationName,
  parseRetentionPeriod,
} from './organisation.ts'
import { assertMayModifyOrganisations, assertMaySwitchOff } from './organisation-policy.ts'
import type { OrganisationStore } from './organisation-store.ts'

interface Stores {
  readonly organisations: Pick<OrganisationStore, 'findForChange' | 'save'>
  readonly audit: AuditStore
  /** Makes every file of the organisation one that is to be generated again. */
  outdateFiles(organisation: number): Promise<void>
  /** Has nobody rely on what they keep of the organisation's model. */
  renewLineage(organisation: number): Promise<void>
  /** Ends every session of the organisation's users. */
  endSessions(organisation: number): Promise<void>
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
  readonly connectorRetentionPeriod?: number | undefined
}

/**
 * Renames, enables or disables an organisation, or has it keep unused connectors longer or shorter; what is not given stays. While it is disabled its files let nobody in: a
 * safety act, enforced at once.
 */
export async function changeOrganisation(
  deps: ChangeOrganisationDeps,
  input: ChangeOrganisationInput,
): Promise<Organisation> {
  assertMayModifyOrganisations(input.caller)
  const id = parseOrganisationId(input.id)
  const changes = parseChanges(input)
  const at = deps.clock.now()
  const changed = await deps.inTransaction(async ({ organisations, audit, ...switched }) => {
    const before = id === undefined ? undefined : await organisations.findForChange(id)
    if (!before) throw organisationErrors.not_found(input.id)
    const after = { ...before, ...changes }
    if (before.enabled && !after.enabled) assertMaySwitchOff(input.caller, before.id)
    if (isSame(before, after)) return before
    await organisations.save(after)
    if (after.enabled !== before.enabled) await followSwitch(switched, after)
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

async function followSwitch(
  { outdateFiles, renewLineage, endSessions }: Pick<Stores, 'outdateFiles' | 'renewLineage' | 'endSessions'>,
  { id, enabled }: Organisation,
): Promise<void> {
  await outdateFiles(id)
  await renewLineage(id)
  // While the organisation is disabled its sessions are refused, and their owners told why; they do not come back with it.
  if (enabled) await endSessions(id)
}

type Facts = Pick<Organisation, 'name' | 'enabled' | 'connectorRetentionPeriod'>

function parseChanges({ name, enabled, connectorRetentionPeriod: days }: ChangeOrganisationInput): Partial<Facts> {
  return {
    ...(name !== undefined && { name: parseOrganisationName(name) }),
    ...(enabled !== undefined && { enabled }),
    ...(days !== undefined && { connectorRetentionPeriod: parseRetentionPeriod(days) }),
  }
}

function isSame(before: Facts, after: Facts): boolean {
  const { name, enabled, connectorRetentionPeriod: days } = after
  return name === before.name && enabled === before.enabled && days === before.connectorRetentionPeriod
}

function facts({ name, enabled, connectorRetentionPeriod }: Organisation): Facts {
  return { name, enabled, connectorRetentionPeriod }
}
