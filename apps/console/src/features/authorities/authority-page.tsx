import { Skeleton, Tabs } from '@mantine/core'
import type { CurrentSession, LdapAuthority } from '@portreeve/client'
import type { ComponentType } from 'react'
import { useParams } from 'react-router'
import { useResource, useSession } from '../../parts/api.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { holdsAny } from '../../parts/rights.ts'
import { AuthorityOverview } from './authority-overview.tsx'
import { QueriedTeams } from './queried-teams.tsx'
import { TestStored } from './test-stored.tsx'

const CRUMBS = [{ title: 'LDAP authorities', to: 'authorities' }]

interface Section {
  readonly name: string
  readonly title: string
  readonly Part: ComponentType<{ readonly authority: LdapAuthority }>
  may(session: CurrentSession): boolean
}

const OVERVIEW: Section = { name: 'overview', title: 'Overview', Part: AuthorityOverview, may: () => true }
const SECTIONS: readonly Section[] = [
  OVERVIEW,
  {
    name: 'test',
    title: 'Test',
    Part: TestStored,
    may: (session) => holdsAny(session, 'allow_modify_settings'),
  },
  {
    name: 'teams',
    title: 'Teams',
    Part: QueriedTeams,
    may: (session) => holdsAny(session, 'allow_view_users', 'allow_modify_teams'),
  },
]

/** One LDAP authority, by sections. */
export function AuthorityPage() {
  const { authorityId = '' } = useParams()
  const authority = useResource(['authorities', authorityId], (client) => client.ldapAuthorities.get(authorityId))
  if (!authority.data) {
    return (
      <Page title="LDAP authority" crumbs={CRUMBS}>
        {authority.error ? (
          <ErrorNotice error={authority.error} onRetry={() => void authority.refetch()} />
        ) : (
          <Skeleton height={200} />
        )}
      </Page>
    )
  }
  return <LoadedAuthority key={authorityId} authority={authority.data} />
}

function LoadedAuthority({ authority }: { readonly authority: LdapAuthority }) {
  const { section } = useParams()
  const go = useGo()
  const session = useSession()
  const sections = SECTIONS.filter(({ may }) => may(session))
  const current = sections.find(({ name }) => name === section) ?? OVERVIEW
  const base = `authorities/${authority.id}`
  const show = (name: string | null) => go(name === OVERVIEW.name ? base : `${base}/${name}`, { state: 'stay' })
  return (
    <Page title={authority.name} crumbs={CRUMBS}>
      <Tabs value={current.name} onChange={show} keepMounted={false}>
        <Tabs.List>
          {sections.map(({ name, title }) => (
            <Tabs.Tab key={name} value={name}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {sections.map(({ name, Part }) => (
          <Tabs.Panel key={name} value={name} pt="md">
            <Part authority={authority} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  )
}
