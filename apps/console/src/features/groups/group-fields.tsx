import { EntryFields } from '../../parts/entry-fields.tsx'
import { TextField } from '../../parts/fields.tsx'
import { StewardsField } from '../../parts/stewards-field.tsx'

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
