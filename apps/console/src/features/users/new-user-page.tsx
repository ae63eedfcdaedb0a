import type { Creation, NewUser } from '@portreeve/client'
import { PasswordField, TextField } from '../../parts/forms/fields.tsx'
import { Form } from '../../parts/forms/form.tsx'
import { useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'

const INITIAL = { username: '', displayName: '', email: '', password: '' }

/** A user with a local account. Who is in a directory comes by its team, or by the interface. */
export function NewUserPage() {
  const go = useGo()
  return (
    <Page title="New user" crumbs={[{ title: 'Users', to: 'users' }]}>
      <Form<typeof INITIAL, Creation>
        initial={INITIAL}
        submitLabel="Create the user"
        act={(client, values) => client.users.create(toNewUser(values))}
        outdates={[['users']]}
        done={(_creation, { username }) => `${username} is created.`}
        onDone={({ entityId }) => go(`users/${entityId}`)}
        onCancel={() => go('users')}
      >
        <TextField
          name="username"
          label="Username"
          description="As Subversion knows them; it cannot be changed later."
          required
          autoComplete="off"
        />
        <TextField name="displayName" label="Name" autoComplete="off" />
        <TextField name="email" label="Email" type="email" description="They sign in with it." autoComplete="off" />
        <PasswordField
          name="password"
          label="Password"
          description="At least 8 characters. Leave it empty for somebody who does not sign in here."
          autoComplete="new-password"
        />
      </Form>
    </Page>
  )
}

/** Fields that were left empty are not sent. */
function toNewUser({ username, ...optional }: typeof INITIAL): NewUser {
  const given = Object.entries(optional).filter(([, value]) => value !== '')
  return { username, ...Object.fromEntries(given) }
}
