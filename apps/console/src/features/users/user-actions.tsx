import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { User } from '@portreeve/client'
import { useSession } from '../../parts/api.tsx'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { PasswordField } from '../../parts/forms/fields.tsx'
import { Form } from '../../parts/forms/form.tsx'
import { holdsAny } from '../../parts/rights.ts'

/** What an admin does to another's account. */
export function UserActions({ user }: { readonly user: User }) {
  const session = useSession()
  const isOther = session.user_id !== user.id
  return (
    <>
      {isOther && user.ldapAuthority === undefined && <SetPassword user={user} />}
      <ConfirmAction
        label="Sign out everywhere…"
        title={`Sign ${user.username} out?`}
        effect={`All sessions of ${user.username} end now. Access tokens and installations stay.`}
        confirm="Sign out"
        outdates={[]}
        done={`${user.username} is signed out.`}
        act={(client) => client.users.endSessions(user.id)}
      />
      {isOther && holdsAny(session, 'allow_modify_admins') && (
        <ConfirmAction
          label="Reset second factor…"
          title={`Turn two-factor off for ${user.username}?`}
          effect={`${user.username} signs in with the password alone until they turn it on again. Be sure that it is they who asked.`}
          confirm="Turn off"
          outdates={[]}
          done={`Two-factor is off for ${user.username}.`}
          act={(client) => client.users.resetSecondFactor(user.id)}
        />
      )}
      {isOther && <SwitchUser user={user} />}
    </>
  )
}

function SwitchUser({ user: { id, username, enabled } }: { readonly user: User }) {
  if (enabled) {
    return (
      <ConfirmAction
        label="Disable…"
        title={`Disable ${username}?`}
        effect={`${username} loses all access at once, also where updates are batched, and is signed out everywhere. Enabling gives it back.`}
        confirm="Disable"
        outdates={[['users']]}
        done={`${username} is disabled.`}
        act={(client) => client.users.disable(id)}
      />
    )
  }
  return (
    <ConfirmAction
      label="Enable…"
      title={`Enable ${username}?`}
      effect={`${username} gets back what teams grant them, and can sign in again.`}
      confirm="Enable"
      isDangerous={false}
      outdates={[['users']]}
      done={`${username} is enabled.`}
      act={(client) => client.users.enable(id)}
    />
  )
}

const NO_PASSWORD = { password: '' }

function SetPassword({ user: { id, username } }: { readonly user: User }) {
  const [isOpen, { open, close }] = useDisclosure()
  return (
    <>
      <Button variant="default" onClick={open}>
        Set password…
      </Button>
      <Modal opened={isOpen} onClose={close} title={`Set the password of ${username}`}>
        <Form
          initial={NO_PASSWORD}
          submitLabel="Set the password"
          codes={{ 'sign_in.bad_password': 'password' }}
          act={(client, { password }) => client.users.setPassword(id, { password })}
          outdates={[]}
          done={`${username} has a new password, and is signed out everywhere.`}
          onDone={close}
          onCancel={close}
        >
          <PasswordField
            name="password"
            label="New password"
            description="At least 8 characters. All their sessions end."
            autoComplete="new-password"
            required
          />
        </Form>
      </Modal>
    </>
  )
}
