import { Box, Button, Group, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core'
import type { SpokenPath } from '@portreeve/client'
import { useState } from 'react'
import { useResource } from '../../parts/api.tsx'
import { counted } from '../../parts/counted.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { isBelow } from './paths.ts'

const PAGE_SIZE = 100

interface PathTreeProps {
  readonly repositoryId: string
  /** The path that is looked at; its level is open, and those above it. */
  readonly chosen: string
  choose(path: string): void
}

/** The paths that rules speak of, below one another; each level is loaded when it is opened, and page by page. */
export function PathTree({ repositoryId, chosen, choose }: PathTreeProps) {
  return (
    <Stack gap={4} component="section" aria-label="Paths">
      <PathButton path="/" name="/" {...{ chosen, choose }} />
      <Box pl="sm">
        <TreeLevel {...{ repositoryId, chosen, choose }} path="/" />
      </Box>
    </Stack>
  )
}

interface TreeLevelProps extends PathTreeProps {
  readonly path: string
}

function TreeLevel(props: TreeLevelProps) {
  const [pages, setPages] = useState(1)
  const numbers = Array.from({ length: pages }, (_, index) => index + 1)
  return (
    <Stack gap={4}>
      {numbers.map((page) => (
        <TreeLevelPage
          key={page}
          {...props}
          page={page}
          onMore={page === pages ? () => setPages(page + 1) : undefined}
        />
      ))}
    </Stack>
  )
}

interface TreeLevelPageProps extends TreeLevelProps {
  readonly page: number
  /** Where it is the last one shown. */
  readonly onMore: (() => void) | undefined
}

function TreeLevelPage({ page, onMore, ...props }: TreeLevelPageProps) {
  const { repositoryId, path } = props
  const level = useResource(['repositories', repositoryId, 'paths', path, page], (client, signal) =>
    client.repositories.pagePaths(repositoryId, { page, pageSize: PAGE_SIZE, filter: { path }, signal }),
  )
  if (level.error) return <ErrorNotice error={level.error} onRetry={() => void level.refetch()} />
  if (!level.data) return <Skeleton height={24} />
  const { items, total } = level.data
  return (
    <>
      {items.map((each) => (
        <TreeNode key={each.path} {...props} node={each} />
      ))}
      {total > page * PAGE_SIZE && onMore && (
        <Group>
          <Button size="compact-sm" variant="subtle" onClick={onMore}>
            Show more paths
          </Button>
        </Group>
      )}
    </>
  )
}

function TreeNode({ node, ...props }: PathTreeProps & { readonly node: SpokenPath }) {
  const { path, name, statements } = node
  const [isOpen, setOpen] = useState(isBelow(props.chosen, path))
  return (
    <div>
      <Group gap="xs" wrap="nowrap">
        <UnstyledButton
          w={24}
          h={24}
          ta="center"
          aria-expanded={isOpen}
          aria-label={`Paths below ${path}`}
          onClick={() => setOpen(!isOpen)}
        >
          <span aria-hidden>{isOpen ? '▾' : '▸'}</span>
        </UnstyledButton>
        <PathButton {...props} path={path} name={name} />
        <Text component="span" size="xs" c="dimmed" miw="max-content">
          {counted(statements, 'statement')}
        </Text>
      </Group>
      {isOpen && (
        <Box pl={{ base: 'sm', sm: 'lg' }} pt={4}>
          <TreeLevel {...props} path={path} />
        </Box>
      )}
    </div>
  )
}

interface PathButtonProps {
  readonly path: string
  readonly name: string
  readonly chosen: string
  choose(path: string): void
}

function PathButton({ path, name, chosen, choose }: PathButtonProps) {
  return (
    <UnstyledButton
      className="long-text"
      fz="sm"
      fw={path === chosen ? 700 : 400}
      aria-current={path === chosen}
      aria-label={path}
      onClick={() => choose(path)}
    >
      {name}
    </UnstyledButton>
  )
}
