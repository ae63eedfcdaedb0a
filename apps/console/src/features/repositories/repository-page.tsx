import { Group, Skeleton, Text } from '@mantine/core'
import type { Repository } from '@portreeve/client'
import { useParams } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import { CopyableId } from '../../parts/copyable-id.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Page } from '../../parts/page.tsx'
import { PublishedFile } from './published-file.tsx'

const CRUMBS = [{ title: 'Repositories', to: 'repositories' }]

/** One repository, and the file that Subversion reads about it. */
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
  const { id, name, description } = repository
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
      <PublishedFile repository={repository} />
    </Page>
  )
}
