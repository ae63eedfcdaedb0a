import { Text } from '@mantine/core'
import type { LoginCredential } from '@portreeve/client'
import { Dialog } from '../../parts/dialog.tsx'
import { PasswordField } from '../../parts/forms/fields.tsx'
import { Form } from '../../parts/forms/form.tsx'

const NO_PASSWORD = { password: '' }

/** A button, and a form that puts another password in the place of the one that is stored. */
export function ReplacePassword({ credential: { id, name, passwordSetAt } }: { readonly credential: LoginCredential }) {
  const isFirst = passwordSetAt === undefined
  const label = isFirst ? 'Set a password' : 'Replace the password'
  return (
    <Dialog label={`${label}…`} title={`${label} of ${name}`}>
      {(close) => (
        <Form<typeof NO_PASSWORD, LoginCredential>
          initial={NO_PASSWORD}
          submitLabel={label}
          act={(client, { password }) => client.loginCredentials.change(id, { password })}
          outdates={[['login-credentials']]}
          done={`The password of ${name} is ${isFirst ? 'set' : 'replaced'}.`}
          onDone={close}
          onCancel={close}
        >
          <Text size="sm">
            Set the same password at the database itself.
            {!isFirst && ' Whoever got the old one can use it until it ends there.'}
          </Text>
          <PasswordField name="password" label="New password" autoComplete="new-password" required data-autofocus />
        </Form>
      )}
    </Dialog>
  )
}
