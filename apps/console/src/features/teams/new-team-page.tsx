import { Text } from '@mantine/core'
import type { Creation } from '@portreeve/client'
import { useSearchParams } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { TextAreaField, TextField } from '../../parts/forms/fields.tsx'
import { Form } from '../../parts/forms/form.tsx'
import { useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { OUTDATED, useSaying } from './changing-teams.ts'

const INITIAL = { name: '', description: '' }

/** A team at the top, or, with `parent` in the address, below another. */
export function NewTeamPage() {
  const [parameters] = useSearchParams()
  const parent = parameters.get('parent') ?? undefined
  const above = useResource(['teams', parent], (client) => client.teams.get(parent ?? ''), {
    enabled: parent !== undefined,
  })
  const go = useGo()
  const saying = useSaying()
  const crumbs = [
    { title: 'Teams', to: 'teams' },
    ...(above.data ? [{ title: above.data.name, to: `teams/${above.data.id}` }] : []),
  ]
  return (
    <Page title={parent === undefined ? 'New team' : 'New subteam'} crumbs={crumbs}>
      <ErrorNotice error={above.error} onRetry={() => void above.refetch()} />
      {above.data && (
        <Text size="sm" className="long-text">
          Below {above.data.name}: its members become members of the teams above too, and it hands out paths that those
          have.
        </Text>
      )}
      <Form<typeof INITIAL, Creation>
        initial={INITIAL}
        submitLabel={parent === undefined ? 'Create the team' : 'Create the subteam'}
        act={(client, { name, description }) => {
          const team = { name, ...(description !== '' && { description }) }
          return parent === undefined ? client.teams.create(team) : client.teams.createSubteam(parent, team)
        }}
        outdates={OUTDATED}
        done={(_creation, { name }) => saying(`${name} is created.`)}
        onDone={({ entityId }) => go(`teams/${entityId}`)}
        onCancel={() => go(parent === undefined ? 'teams' : `teams/${parent}`)}
      >
        <TextField name="name" label="Name" description="No other team beside it has it." required autoComplete="off" />
        <TextAreaField name="description" label="Description" />
      </Form>
    </Page>
  )
}
