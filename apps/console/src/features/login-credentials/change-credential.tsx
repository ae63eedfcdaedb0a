import { Group, Stack } from '@mantine/core'
import type { LoginCredential } from '@portreeve/client'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { asShown } from '../../parts/conflicts/as-shown.ts'
import { Form } from '../../parts/forms/form.tsx'
import { useGo } from '../../parts/link.tsx'
import { CredentialFields } from './credential-fields.tsx'
import { type CredentialForm, toChange, toForm } from './credential-form.ts'

/** Login credentials to edit, and the way to delete them. What others change meanwhile stays. */
export function ChangeCredential({ credential }: { readonly credential: LoginCredential }) {
  return (
    <Stack>
      <Form<CredentialForm, LoginCredential>
        initial={toForm(credential)}
        submitLabel="Save"
        act={async (client, _form, merge) => {
          const { value, etag } = await client.loginCredentials.getTagged(credential.id)
          const now = toForm(value)
          return await client.loginCredentials.change(credential.id, toChange(now, merge(now)), { ifMatch: etag })
        }}
        outdates={[['login-credentials'], ['data-sources']]}
        done="Saved."
      >
        <CredentialFields />
      </Form>
      <DeleteCredential credential={credential} />
    </Stack>
  )
}

function DeleteCredential({ credential }: { readonly credential: LoginCredential }) {
  const { id, name } = credential
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
        act={({ loginCredentials }) =>
          asShown(
            credential,
            () => loginCredentials.getTagged(id),
            (meant) => loginCredentials.delete(id, meant),
          )
        }
      />
    </Group>
  )
}
