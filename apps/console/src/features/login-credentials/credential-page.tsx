import { Tabs } from '@mantine/core'
import type { LoginCredential } from '@portreeve/client'
import { useParams } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import { useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { UnloadedPage } from '../../parts/page/unloaded-page.tsx'
import { ChangeCredential } from './change-credential.tsx'
import { CredentialOverview } from './credential-overview.tsx'
import { RemovePassword } from './remove-password.tsx'
import { ReplacePassword } from './replace-password.tsx'

const CRUMBS = [{ title: 'Login credentials', to: 'login-credentials' }]

/** One set of login credentials, without its password. */
export function CredentialPage() {
  const id = Number(useParams()['credentialId'])
  const credential = useResource(['login-credentials', 'one', id], (client) => client.loginCredentials.get(id))
  if (!credential.data) return <UnloadedPage title="Login credentials" crumbs={CRUMBS} resource={credential} />
  return <LoadedCredential key={id} credential={credential.data} />
}

function LoadedCredential({ credential }: { readonly credential: LoginCredential }) {
  const { section } = useParams()
  const go = useGo()
  const base = `login-credentials/${credential.id}`
  const show = (next: string | null) => go(next === 'change' ? `${base}/change` : base, { state: 'stay' })
  return (
    <Page title={credential.name} crumbs={CRUMBS} actions={<PasswordActions credential={credential} />}>
      <Tabs value={section === 'change' ? 'change' : 'overview'} onChange={show} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          <Tabs.Tab value="change">Change</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview" pt="md">
          <CredentialOverview credential={credential} />
        </Tabs.Panel>
        <Tabs.Panel value="change" pt="md">
          <ChangeCredential credential={credential} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}

/** Only those that are trusted by their host can do without a password. */
function PasswordActions({ credential }: { readonly credential: LoginCredential }) {
  const { trusted, passwordSetAt } = credential
  return (
    <>
      {trusted && passwordSetAt !== undefined && <RemovePassword credential={credential} />}
      <ReplacePassword credential={credential} />
    </>
  )
}
