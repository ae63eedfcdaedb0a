import type { Creation } from '@portreeve/client'
import { Form } from '../../parts/forms/form.tsx'
import { useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { AuthorityFields } from './authority-fields.tsx'
import { type AuthorityForm, NEW_AUTHORITY, toBody } from './authority-form.ts'
import { TestEntered } from './test-entered.tsx'

/** Makes a directory known, after trying it. */
export function NewAuthorityPage() {
  const go = useGo()
  return (
    <Page title="New LDAP authority" crumbs={[{ title: 'LDAP authorities', to: 'authorities' }]}>
      <Form<AuthorityForm, Creation>
        initial={NEW_AUTHORITY}
        submitLabel="Create the LDAP authority"
        act={(client, form) => client.ldapAuthorities.create(toBody(form))}
        outdates={[['authorities']]}
        done={(_creation, { name }) => `${name} is created.`}
        onDone={({ entityId }) => go(`authorities/${entityId}`)}
        onCancel={() => go('authorities')}
      >
        <AuthorityFields />
        <TestEntered />
      </Form>
    </Page>
  )
}
