import { Button, Group, List, Paper, Stack, Text, Title } from '@mantine/core'
import type { DirectorySync, DirectorySyncPreview, Team } from '@portreeve/client'
import { useChange } from '../../parts/api.tsx'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { counted } from '../../parts/counted.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { OUTDATED } from './changing-query.ts'
import { changesNothing, effectOf } from './sync-text.ts'

/** What a sync would change, and the sync itself: nobody starts one without having read what it does. */
export function SyncPreview({ team }: { readonly team: Team }) {
  const preview = useChange<void, DirectorySyncPreview>({
    act: (client) => client.directorySyncs.preview(team.id),
    outdates: [],
  })
  return (
    <Stack gap="sm">
      <Group>
        <Button loading={preview.isPending} onClick={() => preview.mutate()}>
          {preview.data ? 'Preview again' : 'Preview a synchronisation'}
        </Button>
      </Group>
      <ErrorNotice error={preview.error} onRetry={() => preview.mutate()} />
      {preview.data && <Preview team={team} preview={preview.data} onSynced={() => preview.reset()} />}
    </Stack>
  )
}

interface PreviewProps {
  readonly team: Team
  readonly preview: DirectorySyncPreview
  onSynced(): void
}

function Preview({ team, preview, onSynced }: PreviewProps) {
  const { found, members, added, removed, skipped, joining, leaving, leftOut } = preview
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2} size="h4">
          What would change
        </Title>
        <Text size="sm" role="status">
          The filter finds {counted(found, 'person', 'people')}; the team has {counted(members, 'member')}.{' '}
          {changesNothing(preview) ? 'There is nothing to change.' : effectOf(preview, team.name)}
        </Text>
        <People title="Would join" total={added} lines={joining.map(({ username }) => username)} />
        <People title="Would leave" total={removed} lines={leaving.map(({ username }) => username)} />
        <People title="Left out" total={skipped} lines={leftOut.map(({ dn, reason }) => `${dn}: ${reason}`)} />
        {!changesNothing(preview) && <Synchronise team={team} preview={preview} onSynced={onSynced} />}
      </Stack>
    </Paper>
  )
}

const MOST_SHOWN = 50

function People({ title, total, lines }: { title: string; total: number; lines: readonly string[] }) {
  if (total === 0) return null
  const shown = lines.slice(0, MOST_SHOWN)
  const left = total - shown.length
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {title}
      </Title>
      <List size="sm" className="long-text">
        {shown.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
      {left > 0 && <Text size="sm">And {left.toLocaleString('en')} more.</Text>}
    </Stack>
  )
}

function Synchronise({ team: { id, name }, preview, onSynced }: PreviewProps) {
  const { needsConfirmation, removed } = preview
  return (
    <Group>
      <ConfirmAction<DirectorySync>
        label="Synchronise…"
        title={`Synchronise ${name}?`}
        effect={effectOf(preview, name)}
        confirm="Synchronise"
        isDangerous={removed > 0}
        {...(needsConfirmation && { typed: name })}
        outdates={OUTDATED}
        done={`${name} is synchronised.`}
        onDone={onSynced}
        // So many were shown: should more be to leave by now, the server asks again.
        act={(client) => client.directorySyncs.start(id, needsConfirmation ? { maxRemovals: removed } : {})}
      />
    </Group>
  )
}
