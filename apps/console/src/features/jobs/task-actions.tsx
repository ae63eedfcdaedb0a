import type { Task } from '@portreeve/client'
import { useSession } from '../../parts/api.tsx'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { useGo } from '../../parts/link.tsx'
import { holdsAny } from '../../parts/rights.ts'

const OUTDATED = [['jobs'], ['overview']]

/** Ending a task that waits, and taking out of sight what has ended: for who submitted it, and who may change every team. */
export function TaskActions({ task }: { readonly task: Task }) {
  const session = useSession()
  const go = useGo()
  const { id, state, submittedBy } = task
  if (submittedBy !== session.username && !holdsAny(session, 'allow_modify_teams')) return null
  if (state === 'PENDING') {
    return (
      <ConfirmAction
        label="Abort…"
        title="Abort the task?"
        effect={`What ${submittedBy} asked for is not done. What waits behind it and builds on it fails when its turn comes.`}
        confirm="Abort"
        outdates={OUTDATED}
        done="The task is aborted."
        act={(client) => client.tasks.abort(id)}
      />
    )
  }
  if (state === 'RUNNING') return null
  return (
    <ConfirmAction
      label="Take out of sight…"
      title="Take the task out of sight?"
      effect="It leaves the list for everybody, and is counted no more. What it changed stays changed, and the audit keeps its records."
      confirm="Take out of sight"
      outdates={[['jobs', 'tasks'], ['overview']]}
      done="The task is out of sight."
      act={(client) => client.tasks.delete(id)}
      onDone={() => go('jobs')}
    />
  )
}
