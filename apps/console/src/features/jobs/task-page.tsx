import { Alert, Group, List, Skeleton, Table, Text } from '@mantine/core'
import type { Task } from '@portreeve/client'
import type { ReactNode } from 'react'
import { useParams } from 'react-router'
import { useResource, useSession } from '../../parts/api.tsx'
import { CopyableId } from '../../parts/copyable-id.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { ConsoleLink } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { holdsAny } from '../../parts/rights.ts'
import { TaskActions } from './task-actions.tsx'
import { TaskState } from './task-state.tsx'
import { addressOfMade, isUnderWay, kindText, progressText } from './task-text.ts'

const CRUMBS = [{ title: 'Tasks and jobs', to: 'jobs' }]
const ASK_EVERY_MS = 2000

/** One change: how far it is on its way to Subversion, and what became of it. */
export function TaskPage() {
  const { taskId = '' } = useParams()
  const task = useResource(['jobs', 'task', taskId], (client) => client.tasks.get(taskId), {
    everyMs: (last) => last !== undefined && isUnderWay(last) && ASK_EVERY_MS,
  })
  if (!task.data) {
    return (
      <Page title="Task" crumbs={CRUMBS}>
        {task.error ? (
          <ErrorNotice error={task.error} onRetry={() => void task.refetch()} />
        ) : (
          <Skeleton height={200} />
        )}
      </Page>
    )
  }
  return <LoadedTask task={task.data} />
}

function LoadedTask({ task }: { readonly task: Task }) {
  const { id, state, type, summary, error, warnings } = task
  const maySeeAudit = holdsAny(useSession(), 'allow_view_audit')
  return (
    <Page title={summary ?? kindText(type)} crumbs={CRUMBS} actions={<TaskActions task={task} />}>
      <Group>
        <TaskState state={state} />
        <CopyableId value={id} what="the id of the task" />
      </Group>
      <Text size="sm" role="status">
        {progressText(task)}
      </Text>
      {error && (
        <Alert color="red" title="Why it failed">
          <Text size="sm" className="long-text">
            {error.message}
          </Text>
        </Alert>
      )}
      {warnings.length > 0 && <Warnings warnings={warnings} />}
      <Table variant="vertical" layout="fixed" maw="40rem" className="long-text" aria-label="Facts about the task">
        <Table.Tbody>
          {factsOf(task).map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Th w="8rem" scope="row">
                {label}
              </Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {maySeeAudit && (
        <Text size="sm">
          <ConsoleLink to={`audit?task=${id}`}>Its records in the audit</ConsoleLink>
        </Text>
      )}
    </Page>
  )
}

function Warnings({ warnings }: Pick<Task, 'warnings'>) {
  return (
    <Alert color="orange" title="Allowed, and probably not meant">
      <List size="sm" className="long-text">
        {warnings.map(({ code, message }) => (
          <List.Item key={`${code} ${message}`}>{message}</List.Item>
        ))}
      </List>
    </Alert>
  )
}

function factsOf(task: Task): readonly (readonly [string, ReactNode])[] {
  const { type, submittedBy, submittedAt, finishedAt, revision } = task
  const made = addressOfMade(task)
  return [
    ['Kind', kindText(type)],
    ['By', submittedBy],
    ['Submitted', <RelativeTime key="submitted" at={submittedAt} />],
    ['Ended', <RelativeTime key="ended" at={finishedAt} never="not yet" />],
    ['Revision', revision ?? 'None'],
    ...(made === undefined
      ? []
      : [
          [
            'Made',
            <ConsoleLink key="made" to={made}>
              What it made
            </ConsoleLink>,
          ] as const,
        ]),
  ]
}
