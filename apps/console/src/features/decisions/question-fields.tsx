import { NumberField, SelectField, TextField } from '../../parts/forms/fields.tsx'
import { useField } from '../../parts/forms/form.tsx'
import { SuggestedField } from './suggested-field.tsx'

const PLACES = [
  { value: 'repository', label: 'In a repository' },
  { value: 'dataSource', label: 'With a data source' },
]
const PERMISSIONS = [
  { value: 'READ', label: 'Read' },
  { value: 'READ_WRITE', label: 'Read and write' },
]
const STATES = [
  { value: 'enforced', label: 'As it is enforced' },
  { value: 'pending', label: 'As it will be: pending' },
]

export function PersonField() {
  return (
    <SuggestedField
      name="username"
      label="Username"
      queryKey={['users', 'names']}
      load={async (client, { text, ...request }) => {
        const { items } = await client.users.page({ ...request, sort: 'username', search: { username: text } })
        return items.map(({ username }) => username)
      }}
    />
  )
}

export function PlaceFields() {
  const { value: where } = useField<string>('where')
  return (
    <>
      <SelectField name="where" label="Where" allowDeselect={false} data={PLACES} />
      {where === 'dataSource' ? (
        <NumberField name="dataSource" label="Data source" placeholder="Its id" min={1} hideControls />
      ) : (
        <>
          <SuggestedField
            name="repository"
            label="Repository"
            queryKey={['repositories', 'names']}
            load={async (client, { text, ...request }) => {
              const { items } = await client.repositories.page({ ...request, sort: 'name', search: { name: text } })
              return items.map(({ name }) => name)
            }}
          />
          <TextField name="path" label="Path" placeholder="/" autoComplete="off" spellCheck={false} />
        </>
      )}
      <SelectField name="permission" label="To do what" allowDeselect={false} data={PERMISSIONS} />
    </>
  )
}

export function StateField() {
  return <SelectField name="state" label="By which rules" allowDeselect={false} data={STATES} />
}
