import { Group, List, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { ClientApplication } from '@portreeve/client'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { CopyableId } from '../../parts/copyable-id.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Page } from '../../parts/page/page.tsx'
import { keepsSecret } from './client-kind.ts'
import { ClientState } from './clients-page.tsx'
import { ShownSecret } from './shown-secret.tsx'

const CRUMBS = [{ title: 'Client applications', to: 'clients' }]
const OUTDATED = [['clients'], ['permitted-clients']]

/** One client application: what it may do, its secret, and the switch for everyone. */
export function ClientPage() {
  const { clientId = '' } = useParams()
  const client = useResource(['clients', 'one', clientId], (server) => server.clientApplications.get(clientId))
  if (!client.data) {
    return (
      <Page title="Client application" crumbs={CRUMBS}>
        {client.error ? (
          <ErrorNotice error={client.error} onRetry={() => void client.refetch()} />
        ) : (
          <Skeleton height={200} />
        )}
      </Page>
    )
  }
  return <LoadedClient key={clientId} client={client.data} />
}

function LoadedClient({ client }: { readonly client: ClientApplication }) {
  const [secret, setSecret] = useState<string>()
  const { client_id: id, client_name: name, grant_types: grants } = client
  const actions = (
    <>
      {keepsSecret(client) && <RotateSecret client={client} onRotated={setSecret} />}
      <SwitchClient client={client} />
    </>
  )
  return (
    <Page title={name} crumbs={CRUMBS} actions={actions}>
      <Group>
        <ClientState isEnabled={client.enabled} />
        <CopyableId value={id} what={`the client id of ${name}`} />
      </Group>
      {secret !== undefined && <ShownSecret name={name} secret={secret} />}
      <Text size="sm">
        {keepsSecret(client) ? 'It keeps a secret' : 'It is a public client, and keeps no secret'}. It gets tokens by{' '}
        {grants.join(', ')}.{client.organisation !== undefined && ` It is of organisation ${client.organisation}.`}
      </Text>
      <RedirectUris uris={client.redirect_uris} />
    </Page>
  )
}

function RedirectUris({ uris }: { readonly uris: readonly string[] }) {
  if (uris.length === 0) return null
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        Redirect URIs
      </Title>
      <List size="sm" className="long-text">
        {uris.map((uri) => (
          <List.Item key={uri}>{uri}</List.Item>
        ))}
      </List>
    </Stack>
  )
}

interface RotateSecretProps {
  readonly client: ClientApplication
  onRotated(secret: string): void
}

function RotateSecret({ client: { client_id: id, client_name: name }, onRotated }: RotateSecretProps) {
  return (
    <ConfirmAction
      label="New secret…"
      title={`Give ${name} a new secret?`}
      effect={`The old secret ends at once: until ${name} has the new one, it gets no tokens.`}
      confirm="Make a new secret"
      outdates={[]}
      act={(server) => server.clientApplications.rotateSecret(id)}
      onDone={({ client_secret: secret }) => onRotated(secret)}
    />
  )
}

function SwitchClient({
  client: { client_id: id, client_name: name, enabled },
}: {
  readonly client: ClientApplication
}) {
  if (enabled) {
    return (
      <ConfirmAction
        label="Disable for everyone…"
        title={`Disable ${name} for everyone?`}
        effect={`${name} is refused at once in every organisation, with the tokens it has. Enabling lets it in again where it is permitted.`}
        confirm="Disable"
        outdates={OUTDATED}
        done={`${name} is disabled for everyone.`}
        act={(server) => server.clientApplications.disable(id)}
      />
    )
  }
  return (
    <ConfirmAction
      label="Enable…"
      title={`Enable ${name}?`}
      effect={`${name} is let in again in every organisation that permits it.`}
      confirm="Enable"
      isDangerous={false}
      outdates={OUTDATED}
      done={`${name} is enabled.`}
      act={(server) => server.clientApplications.enable(id)}
    />
  )
}
