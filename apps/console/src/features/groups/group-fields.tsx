import { EntryFields } from '../../parts/entries/entry-fields.tsx'
import { StewardsField } from '../../parts/entries/stewards-field.tsx'
import { TextField } from '../../parts/forms/fields.tsx'

/** The inputs of a group. */
export function GroupFields() {
  return (
    <>
      <TextField name="name" label="Name" required autoComplete="off" />
      <StewardsField />
      <EntryFields />
    </>
  )
}
