import { Group, Stack } from '@mantine/core'
import type { LoginCredential } from '@portreeve/client'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { Form } from '../../parts/form.tsx'
import { useGo } from '../../parts/link.tsx'
import { CredentialFields } from './credential-fields.tsx'
import { type CredentialForm, toChange, toForm } from './credential-form.ts'

/** Login credentials to edit, and the way to delete them. Only what was edited is sent: what others change meanwhile stays. */
export function ChangeCredential({ credential }: { readonly credential: LoginCredential }) {
  const before = toForm(credential)
  return (
    <Stack>
      <Form<CredentialForm, LoginCredential>
        initial={before}
        submitLabel="Save"
        act={(client, form) => client.loginCredentials.change(credential.id, toChange(before, form))}
        outdates={[['login-credentials'], ['data-sources']]}
        done="Saved."
      >
        <CredentialFields />
      </Form>
      <DeleteCredential credential={credential} />
    </Stack>
  )
}

function DeleteCredential({ credential: { id, name } }: { readonly credential: LoginCredential }) {
  const go = useGo()
  return (
    <Group>
      <ConfirmAction
        label="Delete…"
        title={`Delete ${name}?`}
        effect={`The password of ${name} is erased, and cannot be brought back; every data source that uses it loses it. The account at the database itself stays as it is.`}
        confirm="Delete"
        typed={name}
        // Not the login credentials themselves: they could not be read any more.
        outdates={[['login-credentials', 'page'], ['data-sources']]}
        done={`${name} is deleted.`}
        onDone={() => go('login-credentials')}
        act={(client) => client.loginCredentials.delete(id)}
      />
    </Group>
  )
}
