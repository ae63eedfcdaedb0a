import { EntryFields } from '../../parts/entries/entry-fields.tsx'
import { StewardsField } from '../../parts/entries/stewards-field.tsx'
import { NumberField, SelectField, TextAreaField, TextField } from '../../parts/forms/fields.tsx'
import { FoundNamesField } from '../../parts/forms/found-names-field.tsx'
import { DATABASE_TYPES } from './data-source-form.ts'

const MOST_SUGGESTED = 20

/** The inputs of a data source. */
export function DataSourceFields() {
  return (
    <>
      <TextField name="name" label="Name" required autoComplete="off" />
      <SelectField name="databaseType" label="Type" allowDeselect={false} data={[...DATABASE_TYPES]} />
      <TextField name="host" label="Host" autoComplete="off" />
      <NumberField name="port" label="Port" description="Empty: the usual one." min={1} max={65_535} hideControls />
      <TextField name="database" label="Database" autoComplete="off" />
      <FoundNamesField
        name="loginCredentials"
        label="Login credentials"
        description="What one logs in to it with, by name."
        queryKey={['login-credentials']}
        find={async (client, q, signal) => {
          const request = { page: 1, pageSize: MOST_SUGGESTED, search: { q }, signal }
          return (await client.loginCredentials.page(request)).items.map((credential) => credential.name)
        }}
      />
      <StewardsField />
      <TextAreaField
        name="properties"
        label="Properties"
        description="One a line: owner = finance. Everybody in the organisation reads them: no passwords here."
      />
      <EntryFields />
    </>
  )
}
