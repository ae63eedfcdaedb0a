import { Anchor, Button, Code, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { Repository } from '@portreeve/client'
import { useOrganisation, useResource } from '../../parts/api.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'

/** Enough to see how a file begins; large ones have tens of megabytes. */
const BYTES_SHOWN = 64 * 1024

/** The generated authz file of a repository, as Subversion reads it. */
export function PublishedFile({ repository: { id, name } }: { readonly repository: Repository }) {
  const organisation = useOrganisation()
  const file = useResource(['repositories', id, 'file'], (client, signal) =>
    client.repositories.getAuthzBeginning(id, BYTES_SHOWN, signal),
  )
  const query = organisation === undefined ? '' : `?organisation=${organisation}`
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={2} size="h4">
          Published file
        </Title>
        <Group gap="xs">
          <Button size="xs" variant="default" loading={file.isFetching} onClick={() => void file.refetch()}>
            Read again
          </Button>
          {file.data && (
            <Anchor size="sm" href={`/api/repositories/${id}/authz${query}`} download={`${name}.authz`}>
              Download
            </Anchor>
          )}
        </Group>
      </Group>
      <ErrorNotice error={file.error} />
      {file.isPending && <Skeleton height={160} />}
      {file.data && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by the arrow keys (WCAG 2.1.1) */}
          <section className="table-scroll" aria-label={`Published file of ${name}`} tabIndex={0}>
            <Code block>{file.data.content}</Code>
          </section>
          {!file.data.isWhole && (
            <Text size="sm" c="dimmed">
              These are the first lines. Download the file to see all of it.
            </Text>
          )}
        </>
      )}
    </Stack>
  )
}
