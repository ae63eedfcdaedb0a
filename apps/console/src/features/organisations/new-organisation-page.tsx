import type { Organisation } from '@portreeve/client'
import { Form } from '../../parts/forms/form.tsx'
import { useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { ORGANISATION_CODES, OrganisationFields } from './organisation-fields.tsx'

const INITIAL = { name: '', connector_retention_period: '90' }

export function NewOrganisationPage() {
  const go = useGo()
  return (
    <Page title="New organisation" crumbs={[{ title: 'Organisations', to: 'organisations' }]}>
      <Form<typeof INITIAL, Organisation>
        initial={INITIAL}
        submitLabel="Create the organisation"
        codes={ORGANISATION_CODES}
        act={(client, { name, connector_retention_period: days }) =>
          client.organisations.create({ name, connector_retention_period: Number(days) })
        }
        outdates={[['organisations']]}
        done={({ name }) => `${name} is created.`}
        onDone={({ organisation_id: id }) => go(`organisations/${id}`)}
        onCancel={() => go('organisations')}
      >
        <OrganisationFields />
      </Form>
    </Page>
  )
}
