import { Button, Group, Skeleton, Text } from '@mantine/core'
import type { Organisation } from '@portreeve/client'
import { Link, useParams } from 'react-router'
import { useResource, useSession } from '../../parts/api.tsx'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Form } from '../../parts/forms/form.tsx'
import { Page } from '../../parts/page/page.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { holdsAny } from '../../parts/rights.ts'
import { ORGANISATION_CODES, OrganisationFields } from './organisation-fields.tsx'
import { OrganisationState } from './organisations-page.tsx'

const CRUMBS = [{ title: 'Organisations', to: 'organisations' }]

/** One organisation, and the way into it. */
export function OrganisationPage() {
  const { organisationId = '' } = useParams()
  const id = Number(organisationId)
  const organisation = useResource(['organisations', id], (client) => client.organisations.get(id))
  if (!organisation.data) {
    return (
      <Page title="Organisation" crumbs={CRUMBS}>
        <ErrorNotice error={organisation.error} onRetry={() => void organisation.refetch()} />
        {organisation.isPending && <Skeleton height={200} />}
      </Page>
    )
  }
  return <LoadedOrganisation organisation={organisation.data} reload={() => void organisation.refetch()} />
}

function LoadedOrganisation({ organisation, reload }: { readonly organisation: Organisation; reload(): void }) {
  const { organisation_id: id, name, enabled, created_at: madeAt } = organisation
  const session = useSession()
  const mayChange = holdsAny(session, 'allow_modify_settings')
  const isOwn = session.organisation_id === id
  const actions = (
    <>
      {enabled && (
        <Button component={Link} variant="default" to={isOwn ? '/' : `/?organisation=${id}`}>
          Act in it
        </Button>
      )}
      {mayChange && !isOwn && <SwitchOrganisation organisation={organisation} />}
    </>
  )
  const initial = { name, connector_retention_period: String(organisation.connector_retention_period) }
  return (
    <Page title={name} crumbs={CRUMBS} actions={actions}>
      <Group>
        <OrganisationState isEnabled={enabled} />
        <Text size="sm" component="div">
          Number {id}, made <RelativeTime at={madeAt} />
        </Text>
      </Group>
      {mayChange && (
        <Form<typeof initial, Organisation>
          initial={initial}
          submitLabel="Save"
          codes={ORGANISATION_CODES}
          act={(client, { name: next, connector_retention_period: days }) =>
            client.organisations.change(id, { name: next, connector_retention_period: Number(days) })
          }
          outdates={[['organisations']]}
          done="Saved."
          onReload={reload}
        >
          <OrganisationFields />
        </Form>
      )}
    </Page>
  )
}

function SwitchOrganisation({ organisation }: { readonly organisation: Organisation }) {
  const { organisation_id: id, name, enabled } = organisation
  const common = { outdates: [['organisations']] }
  if (!enabled) {
    return (
      <ConfirmAction
        {...common}
        label="Enable…"
        title={`Enable ${name}?`}
        effect="Its users can sign in again, and have the access that its teams grant them."
        confirm="Enable"
        isDangerous={false}
        done={`${name} is enabled.`}
        act={(client) => client.organisations.change(id, { enabled: true })}
      />
    )
  }
  return (
    <ConfirmAction
      {...common}
      label="Disable…"
      title={`Disable ${name}?`}
      effect={`Every user of ${name} loses all access at once and is signed out: repositories, data sources, apps and devices. Enabling it gives that back, but not the sessions.`}
      confirm="Disable"
      typed={name}
      done={`${name} is disabled.`}
      act={(client) => client.organisations.change(id, { enabled: false })}
    />
  )
}
