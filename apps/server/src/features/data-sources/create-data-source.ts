import type { Clock } from '../../kernel/clock.ts'
import type { AuditStore } from '../audit/index.ts'
import type { CredentialLinks, CredentialReference } from './credential-links.ts'
import { type DataSource, type DataSourceFields, EMPTY_DATA_SOURCE } from './data-source.ts'
import type { DataSourceStore } from './data-source-store.ts'
import { type Act, auditEntryOf } from './entries/entry-act.ts'
import { auditedFields, sentFields } from './entries/entry-change.ts'
import { parseEntryName } from './entries/entry-errors.ts'
import { findPeople, idsOf, type PeopleReads, type PersonReference } from './entries/person.ts'
import { getDataSource } from './get-data-source.ts'
import { assertMayEnter } from './groups/enter-group.ts'
import type { GroupStore } from './groups/group-store.ts'

interface Stores {
  readonly dataSources: Pick<DataSourceStore, 'add' | 'setStewards' | 'find'>
  readonly groups: Pick<GroupStore, 'lockTree' | 'standingTo'>
  readonly people: PeopleReads
  readonly credentialLinks: CredentialLinks
  readonly audit: AuditStore
}

export interface CreateDataSourceDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface CreateDataSourceInput extends Act {
  readonly fields: Pick<DataSourceFields, 'name' | 'databaseType'> & SomeDataSourceFields
  readonly stewards?: readonly PersonReference[] | undefined
  readonly loginCredentials?: readonly CredentialReference[] | undefined
}

/** Those that were sent. */
export type SomeDataSourceFields = { readonly [Name in keyof DataSourceFields]?: DataSourceFields[Name] | undefined }

/**
 * Makes a data source, in a group whose editors the caller is among, or, for admins, in none. Throws `entry.bad_name`,
 * `.name_taken`, `.not_yours`, `access.flag_missing`, `group.unknown`, and what `findPeople` and `CredentialLinks` give.
 */
export async function createDataSource(deps: CreateDataSourceDeps, input: CreateDataSourceInput): Promise<DataSource> {
  const { caller, fields: sent, stewards: references = [], loginCredentials } = input
  const required = { name: parseEntryName(sent.name), databaseType: sent.databaseType }
  const fields: DataSourceFields = { ...EMPTY_DATA_SOURCE, ...sentFields(sent), ...required }
  const at = deps.clock.now()
  return deps.inTransaction(async ({ dataSources, groups, people, credentialLinks, audit }) => {
    if (fields.groupId !== null) await groups.lockTree(caller.organisation)
    await assertMayEnter(groups, caller, { field: 'groupId', group: fields.groupId })
    const stewards = idsOf(await findPeople(people, caller.organisation, references))
    const id = await dataSources.add(fields, { at, by: caller })
    if (stewards.length > 0) await dataSources.setStewards(id, stewards)
    if (loginCredentials) await credentialLinks.replaceLinks(caller, id, loginCredentials)
    const made = await getDataSource({ dataSources }, { caller, id })
    const details = auditedFields({ ...fields, stewards, loginCredentials: idsOf(made.loginCredentials) })
    await audit.record(auditEntryOf(input, { action: 'data_source.create', type: 'data_source', id, at, details }))
    return made
  })
}
