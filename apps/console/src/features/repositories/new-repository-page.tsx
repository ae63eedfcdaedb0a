import type { Creation } from '@portreeve/client'
import { TextField } from '../../parts/forms/fields.tsx'
import { Form } from '../../parts/forms/form.tsx'
import { useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'

const INITIAL = { name: '', description: '' }

/** Makes a repository known. It is made on the Subversion host by other means. */
export function NewRepositoryPage() {
  const go = useGo()
  return (
    <Page title="New repository" crumbs={[{ title: 'Repositories', to: 'repositories' }]}>
      <Form<typeof INITIAL, Creation>
        initial={INITIAL}
        submitLabel="Create the repository"
        act={(client, { name, description }) =>
          client.repositories.create({ name, ...(description !== '' && { description }) })
        }
        outdates={[['repositories'], ['enforcement']]}
        done={(_creation, { name }) => `${name} is known. Nobody reaches anything in it until a rule says so.`}
        onDone={({ entityId }) => go(`repositories/${entityId}`)}
        onCancel={() => go('repositories')}
      >
        <TextField
          name="name"
          label="Name"
          description="As its directory on the Subversion host is called: letters, digits, dots, underscores and hyphens. It cannot be changed later."
          required
          autoComplete="off"
        />
        <TextField name="description" label="Description" autoComplete="off" />
      </Form>
    </Page>
  )
}
