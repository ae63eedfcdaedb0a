import type { Clock } from '../../kernel/clock.ts'
import { requireVersion } from '../../kernel/version.ts'
import type { AuditStore } from '../audit/index.ts'
import type { SomeDataSourceFields } from './create-data-source.ts'
import type { CredentialLinks, CredentialReference } from './credential-links.ts'
import { type DataSource, dataSourceErrors } from './data-source.ts'
import { assertMayEdit } from './data-source-policy.ts'
import type { DataSourceStore, StewardshipReads } from './data-source-store.ts'
import type { EntryAct } from './entries/entry-act.ts'
import { versionOfEntry } from './entries/entry-answer.ts'
import { sentFields } from './entries/entry-change.ts'
import { assertSameId, parseEntryName } from './entries/entry-errors.ts'
import type { PeopleReads } from './entries/person.ts'
import { type EntryChangeInput, saveChange } from './entries/save-change.ts'
import { getDataSource } from './get-data-source.ts'
import { assertMayEnter } from './groups/enter-group.ts'
import type { GroupStore } from './groups/group-store.ts'

interface Stores {
  readonly dataSources: Pick<DataSourceStore, 'find' | 'lock' | 'save' | 'setStewards' | 'setFollowing'>
  readonly stewardship: StewardshipReads
  readonly groups: Pick<GroupStore, 'lockTree' | 'standingTo'>
  readonly people: PeopleReads
  readonly credentialLinks: CredentialLinks
  readonly audit: AuditStore
}

export interface ChangeDataSourceDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface ChangeDataSourceInput extends EntryChangeInput {
  readonly fields: SomeDataSourceFields
  readonly loginCredentials?: readonly CredentialReference[] | undefined
}

/**
 * Changes a data source: what is not sent stays. Throws `data_source.not_found`, `entry.bad_name`, `.name_taken`, `.not_yours`,
 * `.other_id`, `group.unknown`, `request.changed_meanwhile`, and what `findPeople` gives.
 */
export async function changeDataSource(deps: ChangeDataSourceDeps, input: ChangeDataSourceInput): Promise<DataSource> {
  const { caller, id } = input
  assertSameId(id, input.namedId)
  const changes = sentFields(input.fields)
  if (changes.name !== undefined) parseEntryName(changes.name)
  const at = deps.clock.now()
  return deps.inTransaction(async (stores) => {
    if (changes.groupId !== undefined) await stores.groups.lockTree(caller.organisation)
    const before = await lockForEdit(stores, input)
    const { groupId = before.groupId } = changes
    // Whoever may edit it may take it out of its group; into another takes a right there.
    if (groupId !== before.groupId && groupId !== null) {
      await assertMayEnter(stores.groups, caller, { field: 'groupId', group: groupId })
    }
    const { dataSources: entries, people, credentialLinks, audit } = stores
    if (input.loginCredentials) await credentialLinks.replaceLinks(caller, id, input.loginCredentials)
    const read = () => getDataSource(stores, { caller, id })
    return saveChange<DataSource>({ entries, people, audit }, input, {
      type: 'data_source',
      at,
      before,
      fields: changes,
      read,
    })
  })
}

/** Throws `data_source.not_found`, `entry.not_yours` and `request.changed_meanwhile`. */
async function lockForEdit({ dataSources, stewardship }: Stores, act: EntryAct): Promise<DataSource> {
  const { caller, id } = act
  await dataSources.lock(caller.organisation, id)
  const found = await dataSources.find(caller, id)
  const standing = await stewardship.standingTo(caller, id)
  if (!found || !standing) throw dataSourceErrors.not_found(id)
  assertMayEdit(caller, standing)
  requireVersion(act, versionOfEntry(found))
  return found
}
