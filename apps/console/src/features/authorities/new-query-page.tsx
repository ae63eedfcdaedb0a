import { Text } from '@mantine/core'
import type { Change } from '@portreeve/client'
import { useParams } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import { TextField } from '../../parts/forms/fields.tsx'
import { Form } from '../../parts/forms/form.tsx'
import { FoundSelectField } from '../../parts/forms/found-select-field.tsx'
import { useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { changeQuery, FILTER_HINT, OUTDATED } from './changing-query.ts'

const INITIAL = { teamId: '', ldapFilter: '' }

/** Gives a team a directory query. */
export function NewQueryPage() {
  const { authorityId = '' } = useParams()
  const go = useGo()
  const authority = useResource(['authorities', authorityId], (client) => client.ldapAuthorities.get(authorityId))
  const crumbs = [
    { title: 'LDAP authorities', to: 'authorities' },
    { title: authority.data?.name ?? 'LDAP authority', to: `authorities/${authorityId}/teams` },
  ]
  return (
    <Page title="New directory query" crumbs={crumbs}>
      <Text size="sm">
        Nothing changes before the team is synchronised. From then on its members are whom the filter finds, and are not
        changed by hand.
      </Text>
      <Form<typeof INITIAL, Change>
        initial={INITIAL}
        submitLabel="Give it the query"
        check={({ teamId, ldapFilter }) => ({
          ...(teamId === '' && { teamId: 'Choose a team.' }),
          ...(ldapFilter.trim() === '' && { ldapFilter: 'Enter a filter, such as (cn=staff).' }),
        })}
        act={(client, { teamId, ldapFilter }) =>
          changeQuery(client, teamId, { ldapAuthority: authorityId, ldapFilter: ldapFilter.trim() })
        }
        outdates={OUTDATED}
        done="The team has the query."
        onDone={(_change, { teamId }) => go(`authorities/${authorityId}/teams/${teamId}`)}
        onCancel={() => go(`authorities/${authorityId}/teams`)}
      >
        <FoundSelectField
          name="teamId"
          label="Team"
          description="A query that it has already is replaced."
          queryKey={['teams']}
          searchIn="name"
          load={async (client, request) => {
            const { items } = await client.teams.page({ ...request, sort: 'name' })
            return items.map(({ id, name }) => ({ value: id, label: name }))
          }}
        />
        <TextField name="ldapFilter" label="Filter" description={FILTER_HINT} required autoComplete="off" />
      </Form>
    </Page>
  )
}
