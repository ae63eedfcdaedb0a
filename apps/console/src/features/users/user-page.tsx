import { Divider, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { Change, User, UserChange } from '@portreeve/client'
import { useParams } from 'react-router'
import { useResource, useSession } from '../../parts/api.tsx'
import { CopyableId } from '../../parts/copyable-id.tsx'
import { counted } from '../../parts/counted.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { TextField } from '../../parts/forms/fields.tsx'
import { Form } from '../../parts/forms/form.tsx'
import { Page } from '../../parts/page/page.tsx'
import { holdsAny } from '../../parts/rights.ts'
import { UserActions } from './user-actions.tsx'
import { UserRights } from './user-rights.tsx'
import { UserState } from './users-page.tsx'

const CRUMBS = [{ title: 'Users', to: 'users' }]

/** One user: what is known of them, how they sign in, and what they may administer. */
export function UserPage() {
  const { userId = '' } = useParams()
  const user = useResource(['users', userId], (client) => client.users.get(userId))
  if (!user.data) {
    return (
      <Page title="User" crumbs={CRUMBS}>
        {user.error ? (
          <ErrorNotice error={user.error} onRetry={() => void user.refetch()} />
        ) : (
          <Skeleton height={200} />
        )}
      </Page>
    )
  }
  return <LoadedUser user={user.data} reload={() => void user.refetch()} />
}

function LoadedUser({ user, reload }: { readonly user: User; reload(): void }) {
  const session = useSession()
  const mayChange = holdsAny(session, 'allow_modify_users', 'allow_modify_admins')
  const maySeeRights = holdsAny(session, 'allow_view_users', 'allow_modify_users', 'allow_modify_admins')
  return (
    <Page title={user.username} crumbs={CRUMBS} actions={mayChange && <UserActions user={user} />}>
      <Group>
        <UserState isEnabled={user.enabled} />
        <CopyableId value={user.id} what={`the id of ${user.username}`} />
      </Group>
      <UserParts userId={user.id} />
      <Stack gap="xs">
        <Title order={2} size="h4">
          Account
        </Title>
        {mayChange ? <AccountForm user={user} reload={reload} /> : <AccountFacts user={user} />}
      </Stack>
      <Divider />
      {maySeeRights && <UserRights user={user} />}
    </Page>
  )
}

function UserParts({ userId }: { readonly userId: string }) {
  const counts = useResource(['users', userId, 'counts'], (client) => client.users.count([userId]))
  const [count] = counts.data?.counts ?? []
  if (!count) return null
  return (
    <Text size="sm">
      Member of {counted(count.teams ?? 0, 'team')}, named by {counted(count.rules ?? 0, 'rule')}, reaches{' '}
      {counted(count.resources ?? 0, 'resource')}.
    </Text>
  )
}

function AccountFacts({ user: { displayName, email } }: { readonly user: User }) {
  return (
    <Text size="sm">
      {displayName ?? 'No name'}, {email ?? 'no email'}
    </Text>
  )
}

function AccountForm({ user, reload }: { readonly user: User; reload(): void }) {
  const { ldapDn } = user
  const initial = toForm(user)
  return (
    <Form<typeof initial, Change>
      initial={initial}
      submitLabel="Save"
      act={async (client, _values, merge) => {
        const { value: now, etag } = await client.users.getTagged(user.id)
        return await client.users.change(user.id, toBody(now, merge(toForm(now))), { ifMatch: etag })
      }}
      outdates={[['users']]}
      done="Saved."
      onReload={reload}
    >
      <TextField name="displayName" label="Name" autoComplete="off" />
      <TextField name="email" label="Email" type="email" autoComplete="off" />
      {ldapDn !== undefined && (
        <Text size="sm" className="long-text">
          In the directory as {ldapDn}
        </Text>
      )}
    </Form>
  )
}

function toForm({ displayName = '', email = '' }: User) {
  return { displayName, email }
}

/** What is left out is cleared, so the directory entry goes along as it is. */
function toBody({ ldapAuthority, ldapDn }: User, { displayName, email }: ReturnType<typeof toForm>): UserChange {
  return {
    ...(ldapAuthority !== undefined && { ldapAuthority }),
    ...(ldapDn !== undefined && { ldapDn }),
    ...(displayName !== '' && { displayName }),
    ...(email !== '' && { email }),
  }
}
