import type { ReactNode } from 'react'
import { EntryFields } from '../../parts/entries/entry-fields.tsx'
import { CheckboxField, TextField } from '../../parts/forms/fields.tsx'
import { useField } from '../../parts/forms/form.tsx'

/** The inputs of login credentials; `password` is its own where there is one. */
export function CredentialFields({ password }: { readonly password?: ReactNode }) {
  const { value: isTrusted } = useField<boolean>('trusted')
  return (
    <>
      <TextField name="name" label="Name" required autoComplete="off" />
      <CheckboxField
        name="trusted"
        label="Trusted"
        description="The operating system signs in; a username and a password may be left out."
      />
      <TextField name="username" label="Username" required={!isTrusted} autoComplete="off" />
      {password}
      {isTrusted && <TextField name="trustedHost" label="Trusted host" autoComplete="off" />}
      <TextField name="role" label="Role" description="Of the username." autoComplete="off" />
      <EntryFields />
    </>
  )
}
