import { Group, Skeleton, Tabs, Text } from '@mantine/core'
import type { Repository } from '@portreeve/client'
import { useParams } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import { CopyableId } from '../../parts/copyable-id.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { PathRights } from './path-rights.tsx'
import { PublishedFile } from './published-file.tsx'

const CRUMBS = [{ title: 'Repositories', to: 'repositories' }]

/** One repository: what rules say at its paths, and the file that Subversion reads about it. */
export function RepositoryPage() {
  const { repositoryId = '' } = useParams()
  const repository = useResource(['repositories', repositoryId], (client) => client.repositories.get(repositoryId))
  if (!repository.data) {
    return (
      <Page title="Repository" crumbs={CRUMBS}>
        {repository.error ? (
          <ErrorNotice error={repository.error} onRetry={() => void repository.refetch()} />
        ) : (
          <Skeleton height={200} />
        )}
      </Page>
    )
  }
  return <LoadedRepository repository={repository.data} />
}

function LoadedRepository({ repository }: { readonly repository: Repository }) {
  const { section } = useParams()
  const go = useGo()
  const { id, name, description } = repository
  const show = (next: string | null) =>
    go(next === 'file' ? `repositories/${id}/file` : `repositories/${id}`, { state: 'stay' })
  return (
    <Page title={name} crumbs={CRUMBS}>
      <Group>
        <CopyableId value={id} what={`the id of ${name}`} />
      </Group>
      {description && (
        <Text size="sm" className="long-text">
          {description}
        </Text>
      )}
      <Tabs value={section === 'file' ? 'file' : 'paths'} onChange={show} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="paths">Paths and rights</Tabs.Tab>
          <Tabs.Tab value="file">Published file</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="paths" pt="md">
          <PathRights repository={repository} />
        </Tabs.Panel>
        <Tabs.Panel value="file" pt="md">
          <PublishedFile repository={repository} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
