import { Fieldset, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { CheckboxField, NumberField, PasswordField, TextAreaField, TextField } from '../../parts/forms/fields.tsx'

/** All that an LDAP authority has. `keepsPassword`: one is stored, and stays unless another is entered. */
export function AuthorityFields({ keepsPassword = false }: { readonly keepsPassword?: boolean }) {
  return (
    <>
      <TextField name="name" label="Name" required autoComplete="off" />
      <Topic title="Connection">
        <TextField
          name="url"
          label="Address"
          description="ldap://host:389 or ldaps://host:636"
          required
          autoComplete="off"
        />
        <CheckboxField name="startTls" label="StartTLS" description="Encrypts an ldap:// connection before the bind." />
        <TextAreaField
          name="caCertificate"
          label="Certificate authority"
          description="PEM; trusted in place of the public ones. Empty: those."
        />
        <TextField
          name="bindDn"
          label="Bind DN"
          description="Whom to search as. Empty: anonymous."
          autoComplete="off"
        />
        <PasswordField
          name="bindPassword"
          label="Bind password"
          description={
            keepsPassword
              ? 'One is stored, and is never shown. Empty: it stays. Another address, certificate or bind DN takes it again.'
              : 'It is sealed when it is stored, and never shown.'
          }
          autoComplete="new-password"
        />
      </Topic>
      <Topic title="Where people and groups are">
        <TextField
          name="userBase"
          label="User base"
          description="DN below which people are."
          required
          autoComplete="off"
        />
        <TextField
          name="userFilter"
          label="User filter"
          description="What makes an entry a person."
          autoComplete="off"
        />
        <TextField
          name="groupBase"
          label="Group base"
          description="DN below which groups are. Empty: the user base."
          autoComplete="off"
        />
      </Topic>
      <Topic title="Attributes">
        <TextField name="usernameAttribute" label="Username" autoComplete="off" />
        <TextField name="emailAttribute" label="Email address" autoComplete="off" />
        <TextField name="displayNameAttribute" label="Name to show" autoComplete="off" />
      </Topic>
      <Topic title="Limits">
        <NumberField name="pageSize" label="Entries asked for at a time" description="1 to 10,000" />
        <NumberField
          name="timeoutMs"
          label="Time for an answer, in milliseconds"
          description="100 to 60,000, for connecting and for each answer."
        />
      </Topic>
    </>
  )
}

function Topic({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Fieldset legend={title}>
      <Stack>{children}</Stack>
    </Fieldset>
  )
}
