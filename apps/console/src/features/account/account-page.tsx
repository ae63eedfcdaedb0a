import { Badge, Divider, Group, Stack, Text, Title } from '@mantine/core'
import type { OwnSession } from '@portreeve/client'
import { useQueryClient } from '@tanstack/react-query'
import { useSession } from '../../parts/api.tsx'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { CopyableId } from '../../parts/copyable-id.tsx'
import { PasswordField } from '../../parts/forms/fields.tsx'
import { Form } from '../../parts/forms/form.tsx'
import { ConsoleLink } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'

/** One's own sessions and password, and the way to the rest. */
export function AccountPage() {
  const { username, user_id: id } = useSession()
  return (
    <Page title="Your account">
      <Text component="div" size="sm">
        You are <strong>{username}</strong>.
      </Text>
      <CopyableId value={id} what="your id" />
      <Text component="div" size="sm">
        <ConsoleLink to="account/access-tokens">Access tokens</ConsoleLink> are for your scripts; a{' '}
        <ConsoleLink to="account/second-factor">second factor</ConsoleLink> protects your sign-in.
      </Text>
      <Divider />
      <Sessions />
      <Divider />
      <ChangePassword />
    </Page>
  )
}

const COLUMNS: readonly Column<OwnSession>[] = [
  { id: 'agent', header: 'Browser', cell: (session) => browserOf(session) },
  { id: 'source', header: 'From', visibleFrom: 'sm', cell: ({ source }) => source ?? 'unknown' },
  { id: 'seen', header: 'Last used', cell: (session) => <RelativeTime at={session.last_seen_at} /> },
  {
    id: 'created',
    header: 'Signed in',
    visibleFrom: 'md',
    cell: (session) => <RelativeTime at={session.created_at} />,
  },
  { id: 'end', header: 'End it', cell: (session) => <EndSession session={session} /> },
]

function Sessions() {
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        Sessions
      </Title>
      <DataTable<OwnSession>
        label="sessions"
        queryKey={['account', 'sessions']}
        load={(client, request) => client.ownAccount.sessions(request)}
        columns={COLUMNS}
        keyOf={(session) => session.session_id}
        nameOf={browserOf}
        empty={{ title: 'You have no session.' }}
      />
      <Group>
        <ConfirmAction
          label="End all others…"
          title="End all your other sessions?"
          effect="Every other browser where you are signed in has to sign in again. This one stays."
          confirm="End them"
          outdates={[['account', 'sessions']]}
          done="Your other sessions are over."
          act={(client) => client.ownAccount.endOtherSessions()}
        />
      </Group>
    </Stack>
  )
}

function EndSession({ session }: { readonly session: OwnSession }) {
  if (session.current) {
    return (
      <Badge variant="light" color="blue">
        This one
      </Badge>
    )
  }
  return (
    <ConfirmAction
      label="End…"
      title="End this session?"
      effect={`${browserOf(session)}, from ${session.source ?? 'an unknown address'}: whoever uses it has to sign in again.`}
      confirm="End it"
      outdates={[['account', 'sessions']]}
      done="The session is over."
      button={{ size: 'compact-sm' }}
      act={(client) => client.ownAccount.endSession(session.session_id)}
    />
  )
}

const BROWSERS = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'] as const

/** What people call the program of a session, as far as it says. */
function browserOf({ user_agent: agent }: OwnSession): string {
  if (agent === undefined) return 'Unknown program'
  const found = BROWSERS.find((name) => agent.includes(`${name}/`))
  return found === undefined ? agent : found.replace('Edg', 'Edge').replace('OPR', 'Opera')
}

const EMPTY = { currentPassword: '', password: '', repeat: '' }

function ChangePassword() {
  const { user_id: id } = useSession()
  const queries = useQueryClient()
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        Password
      </Title>
      <Text size="sm">A new one ends all your sessions: you sign in again.</Text>
      <Form
        initial={EMPTY}
        submitLabel="Change the password"
        codes={{ 'sign_in.wrong_password': 'currentPassword', 'sign_in.bad_password': 'password' }}
        check={({ password, repeat }) => (password === repeat ? {} : { repeat: 'The two passwords are not the same.' })}
        act={(client, { currentPassword, password }) => client.users.setPassword(id, { currentPassword, password })}
        outdates={[]}
        done="Your password is changed. Sign in with it."
        onDone={() => queries.invalidateQueries()}
      >
        <PasswordField name="currentPassword" label="Current password" autoComplete="current-password" required />
        <PasswordField
          name="password"
          label="New password"
          description="At least 8 characters"
          autoComplete="new-password"
          required
        />
        <PasswordField name="repeat" label="The new password again" autoComplete="new-password" required />
      </Form>
    </Stack>
  )
}
