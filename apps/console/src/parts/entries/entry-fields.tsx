import { TextAreaField, TextField } from '../forms/fields.tsx'

/** Inputs for the texts that every data source, group and login credential has, in a form that has them (`entry-texts.ts`). */
export function EntryFields() {
  return (
    <>
      <TextAreaField name="description" label="Description" />
      <TextField name="status" label="Status" description="In words of your own." autoComplete="off" />
      <TextField name="aliases" label="Aliases" description="Other names; the search finds them." autoComplete="off" />
      <TextField name="abbreviations" label="Abbreviations" autoComplete="off" />
      <TextAreaField
        name="userData"
        label="Notes"
        description="Everybody in the organisation reads them: no passwords here."
      />
    </>
  )
}
