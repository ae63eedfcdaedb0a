import { Group, Stack } from '@mantine/core'
import type { DataSourceGroup } from '@portreeve/client'
import { useResource } from '../../parts/api.tsx'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { asShown } from '../../parts/conflicts/as-shown.ts'
import { counted } from '../../parts/counted.ts'
import { Form } from '../../parts/forms/form.tsx'
import { useGo } from '../../parts/link.tsx'
import { GroupFields } from './group-fields.tsx'
import { type GroupForm, toChange, toForm } from './group-form.ts'

/** The group to edit, and the way to delete it. What others change meanwhile stays. */
export function ChangeGroup({ group }: { readonly group: DataSourceGroup }) {
  return (
    <Stack>
      <Form<GroupForm, DataSourceGroup>
        initial={toForm(group)}
        submitLabel="Save"
        act={async (client, _form, merge) => {
          const { value, etag } = await client.dataSourceGroups.getTagged(group.id)
          const now = toForm(value)
          return await client.dataSourceGroups.change(group.id, toChange(now, merge(now), value.stewards), {
            ifMatch: etag,
          })
        }}
        outdates={[['groups']]}
        done="Saved."
      >
        <GroupFields />
      </Form>
      <DeleteGroup group={group} />
    </Stack>
  )
}

const ONE = { page: 1, pageSize: 1 }

function DeleteGroup({ group }: { readonly group: DataSourceGroup }) {
  const { id, name } = group
  const go = useGo()
  const inside = useResource(['groups', 'counts', id], async (client, signal) => {
    const [groups, sources] = await Promise.all([
      client.dataSourceGroups.page({ ...ONE, filter: { parentId: String(id) }, signal }),
      client.dataSources.page({ ...ONE, filter: { groupId: String(id) }, signal }),
    ])
    return `${counted(groups.total, 'group')} and ${counted(sources.total, 'data source')} are directly in it. `
  })
  return (
    <Group>
      <ConfirmAction
        label="Delete…"
        title={`Delete ${name}?`}
        effect={`${inside.data ?? ''}The groups in it are deleted with it, however deep. Their data sources stay, in no group, and the stewards of these groups lose what they had by them.`}
        confirm="Delete"
        typed={name}
        // Not the group itself: it could not be read any more.
        outdates={[['groups', 'page'], ['groups', 'tree'], ['groups', 'in'], ['data-sources']]}
        done={`${name} is deleted.`}
        onDone={() => go('groups')}
        act={({ dataSourceGroups }) =>
          asShown(
            group,
            () => dataSourceGroups.getTagged(id),
            (meant) => dataSourceGroups.delete(id, meant),
          )
        }
      />
    </Group>
  )
}
