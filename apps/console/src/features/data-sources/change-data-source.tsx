import { Group, Stack } from '@mantine/core'
import type { DataSource } from '@portreeve/client'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { asShown } from '../../parts/conflicts/as-shown.ts'
import { Form } from '../../parts/forms/form.tsx'
import { useGo } from '../../parts/link.tsx'
import { DataSourceFields } from './data-source-fields.tsx'
import { checkForm, type DataSourceForm, toChange, toForm } from './data-source-form.ts'

/** The data source to edit, and the way to delete it. What others change meanwhile stays. */
export function ChangeDataSource({ source }: { readonly source: DataSource }) {
  return (
    <Stack>
      <Form<DataSourceForm, DataSource>
        initial={toForm(source)}
        submitLabel="Save"
        check={checkForm}
        act={async (client, _form, merge) => {
          const { value, etag } = await client.dataSources.getTagged(source.id)
          const now = toForm(value)
          return await client.dataSources.change(source.id, toChange(now, merge(now), value.stewards), {
            ifMatch: etag,
          })
        }}
        outdates={[['data-sources'], ['groups'], ['login-credentials']]}
        done="Saved."
      >
        <DataSourceFields />
      </Form>
      <DeleteDataSource source={source} />
    </Stack>
  )
}

function DeleteDataSource({ source }: { readonly source: DataSource }) {
  const { id, name } = source
  const go = useGo()
  return (
    <Group>
      <ConfirmAction
        label="Delete…"
        title={`Delete ${name}?`}
        effect={`Portreeve forgets where ${name} is and who looks after it; nobody gets passwords for it any more. Its login credentials stay, and so does the database itself. This is refused while a team hands it out.`}
        confirm="Delete"
        typed={name}
        // Not the data source itself: it could not be read any more.
        outdates={[['data-sources', 'page'], ['groups', 'tree'], ['login-credentials']]}
        done={`${name} is deleted.`}
        onDone={() => go('data-sources')}
        act={({ dataSources }) =>
          asShown(
            source,
            () => dataSources.getTagged(id),
            (meant) => dataSources.delete(id, meant),
          )
        }
      />
    </Group>
  )
}
