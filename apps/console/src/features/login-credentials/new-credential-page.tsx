import type { LoginCredential } from '@portreeve/client'
import { PasswordField } from '../../parts/forms/fields.tsx'
import { Form } from '../../parts/forms/form.tsx'
import { useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { CredentialFields } from './credential-fields.tsx'
import { NEW_CREDENTIAL, type NewCredentialForm, toNew } from './credential-form.ts'

const CRUMBS = [{ title: 'Login credentials', to: 'login-credentials' }]

/** Stores an account for data sources. */
export function NewCredentialPage() {
  const go = useGo()
  return (
    <Page title="New login credentials" crumbs={CRUMBS}>
      <Form<NewCredentialForm, LoginCredential>
        initial={NEW_CREDENTIAL}
        submitLabel="Store them"
        act={(client, form) => client.loginCredentials.create(toNew(form))}
        outdates={[['login-credentials']]}
        done={({ name }) => `${name} is stored. Link it to data sources on their pages.`}
        onDone={({ id }) => go(`login-credentials/${id}`)}
        onCancel={() => go('login-credentials')}
      >
        <CredentialFields
          password={
            <PasswordField
              name="password"
              label="Password"
              description="It is encrypted, and shown to nobody here. Who may use a data source gets it, one at a time, and the audit says who."
              autoComplete="new-password"
            />
          }
        />
      </Form>
    </Page>
  )
}
