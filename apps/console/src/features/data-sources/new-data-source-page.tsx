import { Text } from '@mantine/core'
import type { DataSource } from '@portreeve/client'
import { useSearchParams } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import { Form } from '../../parts/forms/form.tsx'
import { ConsoleLink, useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { DataSourceFields } from './data-source-fields.tsx'
import { checkForm, type DataSourceForm, NEW_DATA_SOURCE, toNew } from './data-source-form.ts'

const CRUMBS = [{ title: 'Data sources', to: 'data-sources' }]

/** Makes a data source known, in the group that the address names. */
export function NewDataSourcePage() {
  const go = useGo()
  const [parameters] = useSearchParams()
  const groupId = Number(parameters.get('group')) || undefined
  return (
    <Page title="New data source" crumbs={CRUMBS}>
      {groupId === undefined ? (
        <Text size="sm">It will be in no group. To make one in a group, begin on the page of the group.</Text>
      ) : (
        <ChosenGroup id={groupId} />
      )}
      <Form<DataSourceForm, DataSource>
        initial={NEW_DATA_SOURCE}
        submitLabel="Make the data source"
        check={checkForm}
        act={(client, form) => client.dataSources.create(toNew(form, groupId))}
        outdates={[['data-sources'], ['groups']]}
        done={({ name }) => `${name} is made.`}
        onDone={({ id }) => go(`data-sources/${id}`)}
        onCancel={() => go(groupId === undefined ? 'data-sources' : `groups/${groupId}`)}
      >
        <DataSourceFields />
      </Form>
    </Page>
  )
}

function ChosenGroup({ id }: { readonly id: number }) {
  const group = useResource(['groups', 'one', id], (client) => client.dataSourceGroups.get(id))
  return (
    <Text size="sm">
      It will be in the group <ConsoleLink to={`groups/${id}`}>{group.data?.name ?? String(id)}</ConsoleLink>, whose
      stewards look after it too.
    </Text>
  )
}
