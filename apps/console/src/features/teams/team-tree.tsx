import { Box, Button, Group, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useResource } from '../../parts/api.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { ConsoleLink } from '../../parts/link.tsx'
import { EmptyState } from '../../parts/page/empty-state.tsx'
import { readTreePage, type TreeTeam } from './tree-page.ts'

/** The teams as they are below one another; each level is loaded when it is opened, and page by page. */
export function TeamTree({ emptyAction }: { readonly emptyAction?: ReactNode }) {
  const empty = (
    <EmptyState title="There are no teams yet." hint="A team has members, paths and rules." action={emptyAction} />
  )
  return <TreeLevel label="Teams" parent={undefined} empty={empty} />
}

interface TreeLevelProps {
  readonly label: string
  readonly parent: string | undefined
  readonly empty?: ReactNode
}

function TreeLevel({ label, parent, empty }: TreeLevelProps) {
  const [pages, setPages] = useState(1)
  const numbers = Array.from({ length: pages }, (_, index) => index + 1)
  return (
    <Stack component="section" aria-label={label} gap={4}>
      {numbers.map((page) => (
        <TreeLevelPage
          key={page}
          parent={parent}
          page={page}
          empty={page === 1 ? empty : undefined}
          onMore={page === pages ? () => setPages(page + 1) : undefined}
        />
      ))}
    </Stack>
  )
}

interface TreeLevelPageProps {
  readonly parent: string | undefined
  readonly page: number
  readonly empty: ReactNode
  /** Where it is the last one shown. */
  readonly onMore: (() => void) | undefined
}

function TreeLevelPage({ parent, page, empty, onMore }: TreeLevelPageProps) {
  const level = useResource(['teams', 'tree', parent ?? null, page], (client, signal) =>
    readTreePage(client, { parent, page, signal }),
  )
  if (level.error) return <ErrorNotice error={level.error} onRetry={() => void level.refetch()} />
  if (!level.data) return <Skeleton height={24} />
  const { teams, hasMore } = level.data
  if (teams.length === 0) return empty
  return (
    <>
      {teams.map((team) => (
        <TreeNode key={team.id} team={team} />
      ))}
      {hasMore && onMore && (
        <Group>
          <Button size="compact-sm" variant="subtle" onClick={onMore}>
            Show more teams
          </Button>
        </Group>
      )}
    </>
  )
}

function TreeNode({ team: { id, name, subteams, members } }: { readonly team: TreeTeam }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <div>
      <Group gap="xs" wrap="nowrap">
        {subteams > 0 ? (
          <UnstyledButton
            w={24}
            h={24}
            ta="center"
            aria-expanded={isOpen}
            aria-label={`Teams below ${name}`}
            onClick={() => setOpen(!isOpen)}
          >
            <span aria-hidden>{isOpen ? '▾' : '▸'}</span>
          </UnstyledButton>
        ) : (
          <Box w={24} h={24} />
        )}
        <Text component="span" size="sm" className="long-text">
          <ConsoleLink to={`teams/${id}`}>{name}</ConsoleLink>
        </Text>
        <Text component="span" size="xs" c="dimmed">
          {members.toLocaleString('en')} {members === 1 ? 'member' : 'members'}
        </Text>
      </Group>
      {isOpen && (
        <Box pl={{ base: 'sm', sm: 'lg' }} pt={4}>
          <TreeLevel label={`Teams below ${name}`} parent={id} />
        </Box>
      )}
    </div>
  )
}
