import { Alert, Stack, Text } from '@mantine/core'
import type { DataSourceTest } from '@portreeve/client'
import { useState } from 'react'
import { Dialog } from '../dialog.tsx'
import { TextField } from '../forms/fields.tsx'
import { Form } from '../forms/form.tsx'

interface Named {
  readonly id: number
  readonly name: string
}

export interface TestCredentialProps {
  readonly dataSource: Named
  readonly credential: Named
}

const NO_REASON = { reason: '' }

/** A button, and a dialog that has the server log in to a data source with login credentials that are linked to it. */
export function TestCredential({ dataSource, credential }: TestCredentialProps) {
  const what = `Test ${credential.name} at ${dataSource.name}`
  return (
    <Dialog label="Test…" title={what} button={{ size: 'compact-sm', 'aria-label': `${what}…` }}>
      {() => <LogIn dataSource={dataSource} credential={credential} />}
    </Dialog>
  )
}

function LogIn({ dataSource, credential }: TestCredentialProps) {
  const [outcome, setOutcome] = useState<DataSourceTest>()
  return (
    <Stack>
      <Text size="sm">
        The server logs in to {dataSource.name} with {credential.name} and leaves again. The password is not shown; the
        audit keeps that you asked.
      </Text>
      {outcome && (
        <Alert
          color={outcome.success ? 'green' : 'red'}
          title={outcome.success ? 'It logged in.' : 'It could not log in.'}
          role="status"
        >
          {outcome.message} ({outcome.durationMs.toLocaleString('en')} ms)
        </Alert>
      )}
      <Form<typeof NO_REASON, DataSourceTest>
        initial={NO_REASON}
        submitLabel="Log in"
        act={(client, { reason }) =>
          client.dataSources.testConnection(dataSource.id, {
            loginCredentials: credential.id,
            ...(reason !== '' && { reason }),
          })
        }
        outdates={[['login-credentials', credential.id]]}
        onDone={setOutcome}
      >
        <TextField
          name="reason"
          label="Reason"
          description="Your organisation may ask for one. It is kept in the audit."
          autoComplete="off"
        />
      </Form>
    </Stack>
  )
}
