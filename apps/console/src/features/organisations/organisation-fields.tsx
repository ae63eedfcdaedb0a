import { NumberField, TextField } from '../../parts/forms/fields.tsx'

/** Where errors about organisations belong whose messages do not begin with a field. */
export const ORGANISATION_CODES = {
  'organisation.bad_name': 'name',
  'organisation.name_taken': 'name',
  'organisation.bad_retention_period': 'connector_retention_period',
} as const

/** What of an organisation can be set. */
export function OrganisationFields() {
  return (
    <>
      <TextField name="name" label="Name" required autoComplete="off" />
      <NumberField
        name="connector_retention_period"
        label="Keep unused connectors, in days"
        description="1 to 3650. A registered connector that nobody uses for so long is deleted."
      />
    </>
  )
}
