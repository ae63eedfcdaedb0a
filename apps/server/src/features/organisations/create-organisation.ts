import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../audit/index.ts'
import {
  DEFAULT_RETENTION_DAYS,
  type Organisation,
  parseOrganisationName,
  parseRetentionPeriod,
} from './organisation.ts'
import { assertMayModifyOrganisations } from './organisation-policy.ts'
import type { OrganisationStore } from './organisation-store.ts'

interface Stores {
  readonly organisations: Pick<OrganisationStore, 'add'>
  readonly audit: AuditStore
}

export interface CreateOrganisationDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface CreateOrganisationInput {
  readonly caller: Principal
  readonly requestId: string
  readonly name: string
  readonly connectorRetentionPeriod?: number | undefined
}

/** Makes an enabled organisation without users. */
export async function createOrganisation(
  deps: CreateOrganisationDeps,
  { caller, requestId, name: text, connectorRetentionPeriod: days }: CreateOrganisationInput,
): Promise<Organisation> {
  assertMayModifyOrganisations(caller)
  const name = parseOrganisationName(text)
  const connectorRetentionPeriod = parseRetentionPeriod(days ?? DEFAULT_RETENTION_DAYS)
  const at = deps.clock.now()
  return deps.inTransaction(async ({ organisations, audit }) => {
    const made = await organisations.add({ name, createdAt: at, connectorRetentionPeriod })
    await audit.record({
      organisation: made.id,
      at,
      actor: actorOf(caller),
      action: 'organisation.create',
      object: { type: 'organisation', id: String(made.id) },
      details: { name, connectorRetentionPeriod },
      requestId,
    })
    return made
  })
}
