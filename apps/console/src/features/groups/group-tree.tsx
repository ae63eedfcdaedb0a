import { Box, Button, Group, Modal, Paper, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core'
import type { DataSourceGroup } from '@portreeve/client'
import { type ReactNode, useState } from 'react'
import { useChange, useResource } from '../../parts/api.tsx'
import {
  type GroupMember,
  MOVE_EFFECT,
  memberOfDataSource,
  memberOfGroup,
  moveIntoGroup,
} from '../../parts/entries/move-into-group.ts'
import { OUTDATED_BY_MOVE } from '../../parts/entries/move-to-group.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { ConsoleLink } from '../../parts/link.tsx'
import { EmptyState } from '../../parts/page/empty-state.tsx'
import { readTreeLevel } from './tree-level.ts'
import { DraggingContext, type Drop, useDragging, useDragSource, useDropTarget } from './use-dragging.ts'

/** Groups and the data sources in them; each level is loaded when it is opened, and page by page. */
export function GroupTree({ emptyAction }: { readonly emptyAction: ReactNode }) {
  const [dragged, drag] = useState<GroupMember>()
  const [dropped, drop] = useState<Drop>()
  const empty = (
    <EmptyState
      title="There are no groups and no data sources yet."
      hint="A group holds data sources and other groups; its stewards look after all of them."
      action={emptyAction}
    />
  )
  return (
    <DraggingContext value={{ dragged, drag, drop }}>
      <OutOfGroups />
      <TreeLevel label="Data sources and groups" group={undefined} empty={empty} />
      <ConfirmDrop dropped={dropped} onDone={() => drop(undefined)} />
    </DraggingContext>
  )
}

/** Where to drop what is to be in no group; there while something is dragged out of one. */
function OutOfGroups() {
  const { dragged } = useDragging()
  const { isOver, handlers } = useDropTarget(undefined)
  if (dragged?.groupId === undefined) return null
  return (
    <Paper withBorder p="xs" mb="xs" {...(isOver && { className: 'drop-target' })} {...handlers}>
      <Text size="sm">Drop it here to have it in no group</Text>
    </Paper>
  )
}

function ConfirmDrop({ dropped, onDone }: { readonly dropped: Drop | undefined; onDone(): void }) {
  const move = useChange<Drop, void>({
    act: (client, { member, into }) => moveIntoGroup(client, member, into?.id ?? null),
    outdates: OUTDATED_BY_MOVE,
    done: (_result, { member, into }) => `${member.name} is ${into ? `in ${into.name}` : 'in no group'} now.`,
    onDone,
  })
  const close = () => {
    move.reset()
    onDone()
  }
  const place = dropped?.into ? `into ${dropped.into.name}` : 'out of all groups'
  return (
    <Modal opened={dropped !== undefined} onClose={close} title={`Move ${dropped?.member.name} ${place}?`}>
      <Stack>
        <Text size="sm">{MOVE_EFFECT}</Text>
        <ErrorNotice error={move.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button data-autofocus loading={move.isPending} onClick={() => dropped && move.mutate(dropped)}>
            Move
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

interface TreeLevelProps {
  readonly label: string
  readonly group: number | undefined
  readonly empty: ReactNode
}

function TreeLevel({ label, group, empty }: TreeLevelProps) {
  const [pages, setPages] = useState(1)
  const numbers = Array.from({ length: pages }, (_, index) => index + 1)
  return (
    <Stack component="section" aria-label={label} gap={4}>
      {numbers.map((page) => (
        <TreeLevelPage
          key={page}
          {...{ group, page }}
          empty={page === 1 ? empty : undefined}
          onMore={page === pages ? () => setPages(page + 1) : undefined}
        />
      ))}
    </Stack>
  )
}

interface TreeLevelPageProps extends Omit<TreeLevelProps, 'label'> {
  readonly page: number
  /** Where it is the last one shown. */
  readonly onMore: (() => void) | undefined
}

function TreeLevelPage({ group, page, empty, onMore }: TreeLevelPageProps) {
  const level = useResource(['groups', 'tree', group ?? null, page], (client, signal) =>
    readTreeLevel(client, { group, page, signal }),
  )
  if (level.error) return <ErrorNotice error={level.error} onRetry={() => void level.refetch()} />
  if (!level.data) return <Skeleton height={24} />
  const { groups, dataSources, hasMore } = level.data
  if (groups.length + dataSources.length === 0) return empty
  return (
    <>
      {groups.map((each) => (
        <GroupNode key={each.id} group={each} />
      ))}
      {dataSources.map((each) => (
        <Leaf key={each.id} member={memberOfDataSource(each)} />
      ))}
      {hasMore && onMore && (
        <Group>
          <Button size="compact-sm" variant="subtle" onClick={onMore}>
            Show more
          </Button>
        </Group>
      )}
    </>
  )
}

function GroupNode({ group }: { readonly group: DataSourceGroup }) {
  const [isOpen, setOpen] = useState(false)
  const { id, name } = group
  const { isOver, handlers } = useDropTarget({ id, name })
  return (
    <div>
      <Group
        gap="xs"
        wrap="nowrap"
        {...(isOver && { className: 'drop-target' })}
        {...handlers}
        {...useDragSource(memberOfGroup(group))}
      >
        <UnstyledButton
          w={24}
          h={24}
          ta="center"
          aria-expanded={isOpen}
          aria-label={`What is in ${name}`}
          onClick={() => setOpen(!isOpen)}
        >
          <span aria-hidden>{isOpen ? '▾' : '▸'}</span>
        </UnstyledButton>
        <Text component="span" size="sm" fw={600} className="long-text">
          <ConsoleLink to={`groups/${id}`}>{name}</ConsoleLink>
        </Text>
      </Group>
      {isOpen && (
        <Box pl={{ base: 'sm', sm: 'lg' }} pt={4}>
          <TreeLevel
            label={`In ${name}`}
            group={id}
            empty={
              <Text size="sm" c="dimmed" pl={32}>
                Nothing is in it yet.
              </Text>
            }
          />
        </Box>
      )}
    </div>
  )
}

function Leaf({ member }: { readonly member: GroupMember }) {
  return (
    <Group gap="xs" wrap="nowrap" {...useDragSource(member)}>
      <Box w={24} h={24} flex="none" />
      <Text component="span" size="sm" className="long-text">
        <ConsoleLink to={`data-sources/${member.id}`}>{member.name}</ConsoleLink>
      </Text>
    </Group>
  )
}
