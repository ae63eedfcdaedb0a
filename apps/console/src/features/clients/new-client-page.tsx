import { Text } from '@mantine/core'
import type { NewClientApplication } from '@portreeve/client'
import { useState } from 'react'
import { useOrganisation, useSession } from '../../parts/api.tsx'
import { CopyableId } from '../../parts/copyable-id.tsx'
import { SelectField, TextAreaField, TextField } from '../../parts/forms/fields.tsx'
import { Form, useField } from '../../parts/forms/form.tsx'
import { ConsoleLink, useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { type ClientForm, KINDS, toMetadata } from './client-kind.ts'
import { ShownSecret } from './shown-secret.tsx'

const CRUMBS = [{ title: 'Client applications', to: 'clients' }]
const INITIAL = { client_name: '', kind: 'web', redirect_uris: '' }

/** Makes a client application, and shows its secret this once. */
export function NewClientPage() {
  const [made, setMade] = useState<NewClientApplication>()
  return (
    <Page title="New client application" crumbs={CRUMBS}>
      {made ? <MadeClient client={made} /> : <NewClientForm onMade={setMade} />}
    </Page>
  )
}

function MadeClient({ client }: { readonly client: NewClientApplication }) {
  const { client_id: id, client_name: name, client_secret: secret } = client
  return (
    <>
      <Text size="sm">{name} is made. It signs in with this client id:</Text>
      <CopyableId value={id} what={`the client id of ${name}`} />
      {secret !== undefined && <ShownSecret name={name} secret={secret} />}
      <Text size="sm">
        No organisation lets it in before it is available to them and they permit it.{' '}
        <ConsoleLink to={`clients/${id}`}>Go to {name}</ConsoleLink>
      </Text>
    </>
  )
}

function NewClientForm({ onMade }: { onMade(client: NewClientApplication): void }) {
  const go = useGo()
  const { organisation_id: own } = useSession()
  const organisation = useOrganisation() ?? own
  return (
    <Form<typeof INITIAL, NewClientApplication>
      initial={INITIAL}
      submitLabel="Make the client application"
      act={(client, values: ClientForm) => client.clientApplications.create(toMetadata(values, organisation))}
      outdates={[['clients']]}
      onDone={onMade}
      onCancel={() => go('clients')}
    >
      <TextField
        name="client_name"
        label="Name"
        description="Users read it when they are asked whether they let it in."
        required
        autoComplete="off"
      />
      <SelectField
        name="kind"
        label="Kind"
        description="A service belongs to the organisation you act in, and acts as a user made for it."
        allowDeselect={false}
        data={[...KINDS]}
      />
      <RedirectUris />
    </Form>
  )
}

/** Where users go back to; a service has none. */
function RedirectUris() {
  const kind = useField<string>('kind')
  if (kind.value === 'service') return null
  return (
    <TextAreaField
      name="redirect_uris"
      label="Redirect URIs"
      description="One a line, compared exactly: https, or a loopback address. An app on a device can have a scheme of its own."
    />
  )
}
