import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../audit/index.ts'
import { type Organisation, parseOrganisationName } from './organisation.ts'
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
}

/** Makes an enabled organisation without users. */
export async function createOrganisation(
  deps: CreateOrganisationDeps,
  { caller, requestId, name: text }: CreateOrganisationInput,
): Promise<Organisation> {
  assertMayModifyOrganisations(caller)
  const name = parseOrganisationName(text)
  const at = deps.clock.now()
  return deps.inTransaction(async ({ organisations, audit }) => {
    const made = await organisations.add(name, at)
    await audit.record({
      organisation: made.id,
      at,
      actor: actorOf(caller),
      action: 'organisation.create',
      object: { type: 'organisation', id: String(made.id) },
      details: { name },
      requestId,
    })
    return made
  })
}
