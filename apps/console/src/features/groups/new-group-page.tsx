import { Text } from '@mantine/core'
import type { DataSourceGroup } from '@portreeve/client'
import { useSearchParams } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import { Form } from '../../parts/forms/form.tsx'
import { ConsoleLink, useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { GroupFields } from './group-fields.tsx'
import { type GroupForm, NEW_GROUP, toNew } from './group-form.ts'

const CRUMBS = [{ title: 'Data-source groups', to: 'groups' }]

/** Makes a group, in the one that the address names. */
export function NewGroupPage() {
  const go = useGo()
  const [parameters] = useSearchParams()
  const parentId = Number(parameters.get('parent')) || undefined
  return (
    <Page title={parentId === undefined ? 'New group' : 'New subgroup'} crumbs={CRUMBS}>
      {parentId !== undefined && <Parent id={parentId} />}
      <Form<GroupForm, DataSourceGroup>
        initial={NEW_GROUP}
        submitLabel="Make the group"
        act={(client, form) => client.dataSourceGroups.create(toNew(form, parentId))}
        outdates={[['groups']]}
        done={({ name }) => `${name} is made.`}
        onDone={({ id }) => go(`groups/${id}`)}
        onCancel={() => go(parentId === undefined ? 'groups' : `groups/${parentId}`)}
      >
        <GroupFields />
      </Form>
    </Page>
  )
}

function Parent({ id }: { readonly id: number }) {
  const group = useResource(['groups', 'one', id], (client) => client.dataSourceGroups.get(id))
  return (
    <Text size="sm">
      It will be in <ConsoleLink to={`groups/${id}`}>{group.data?.name ?? String(id)}</ConsoleLink>, whose stewards look
      after it too.
    </Text>
  )
}
