import { Alert, Stack, Text } from '@mantine/core'
import type { AccessToken, NewAccessToken } from '@portreeve/client'
import { useState } from 'react'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { CopyableId } from '../../parts/copyable-id.tsx'
import { SelectField, TextField } from '../../parts/forms/fields.tsx'
import { Form } from '../../parts/forms/form.tsx'
import { Page } from '../../parts/page/page.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'

const COLUMNS: readonly Column<AccessToken>[] = [
  { id: 'name', header: 'Name', cell: ({ name }) => name },
  { id: 'createdAt', header: 'Made', visibleFrom: 'sm', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
  {
    id: 'lastUsedAt',
    header: 'Last used',
    visibleFrom: 'sm',
    cell: ({ lastUsedAt }) => <RelativeTime at={lastUsedAt} />,
  },
  { id: 'expiresAt', header: 'Expires', cell: ({ expiresAt }) => <RelativeTime at={expiresAt} /> },
  { id: 'delete', header: 'Delete it', cell: (token) => <DeleteToken token={token} /> },
]

/** One's own access tokens: what scripts sign in with. */
export function AccessTokensPage() {
  const [made, setMade] = useState<NewAccessToken>()
  return (
    <Page title="Access tokens" crumbs={[{ title: 'Your account', to: 'account' }]}>
      <Text size="sm">
        A script that sends one acts as you. Send it as <code>Authorization: Bearer</code>, or as the password of HTTP
        Basic.
      </Text>
      {made && (
        <Alert color="green" title={`Copy ${made.name} now: it is not shown again`}>
          <CopyableId value={made.token} what={`the access token ${made.name}`} />
        </Alert>
      )}
      <CreateToken onMade={setMade} />
      <DataTable<AccessToken>
        label="access tokens"
        queryKey={['account', 'access-tokens']}
        load={(client, request) => client.ownAccount.accessTokens({ page: request.page, pageSize: request.pageSize })}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
        empty={{
          title: 'You have no access tokens.',
          hint: 'Make one above for each script, so that you can end it alone.',
        }}
      />
    </Page>
  )
}

const DAY_MS = 24 * 3600 * 1000
const LIFETIMES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: 'never', label: 'Never expires' },
]
const INITIAL = { name: '', lifetime: '90' }

function CreateToken({ onMade }: { onMade(token: NewAccessToken): void }) {
  return (
    <Form<typeof INITIAL, NewAccessToken>
      initial={INITIAL}
      submitLabel="Make an access token"
      codes={{ 'access_token.bad_name': 'name', 'access_token.name_taken': 'name' }}
      act={(client, { name, lifetime }) =>
        client.ownAccount.createAccessToken({
          name,
          ...(lifetime !== 'never' && { expiresAt: new Date(Date.now() + Number(lifetime) * DAY_MS).toISOString() }),
        })
      }
      outdates={[['account', 'access-tokens']]}
      onDone={onMade}
    >
      <Stack gap="sm">
        <TextField name="name" label="Name" description="What it is for" required autoComplete="off" />
        <SelectField name="lifetime" label="Good for" allowDeselect={false} data={LIFETIMES} />
      </Stack>
    </Form>
  )
}

function DeleteToken({ token: { id, name } }: { readonly token: AccessToken }) {
  return (
    <ConfirmAction
      label="Delete…"
      title={`Delete ${name}?`}
      effect={`Whatever signs in with ${name} is refused from now on. This cannot be undone.`}
      confirm="Delete it"
      outdates={[['account', 'access-tokens']]}
      done={`${name} is deleted.`}
      button={{ size: 'compact-sm' }}
      act={(client) => client.ownAccount.deleteAccessToken(id)}
    />
  )
}
