import type { PageRequest } from '@portreeve/client'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { counted } from '../../parts/counted.ts'
import { useGo } from '../../parts/link.tsx'
import { countOf, type Selection } from '../../parts/table/selection.ts'
import { toChosenUsers } from './user-filter.ts'

interface ChosenUsersProps {
  readonly selection: Selection
  readonly request: PageRequest
}

/** What can be done with many users at once: the server does it as a job, whose progress has a page of its own. */
export function ChosenUsers({ selection, request }: ChosenUsersProps) {
  const go = useGo()
  const users = counted(countOf(selection), 'user')
  const common = { outdates: [['jobs', 'bulk']], button: { size: 'compact-sm' } } as const
  const follow = ({ bulk_id: id }: { readonly bulk_id: string }) => go(`jobs/bulk/${id}`)
  return (
    <>
      <ConfirmAction
        {...common}
        label="Disable…"
        title={`Disable ${users}?`}
        effect={`${users} will lose all access at once, and be signed out everywhere. Enabling them gives it back. You yourself, and whom you may not change, stay as they are and are told as failed.`}
        confirm={`Disable ${users}`}
        act={(client) => client.users.switchMany(toChosenUsers(selection, request), { enabled: false })}
        onDone={follow}
      />
      <ConfirmAction
        {...common}
        label="Enable…"
        title={`Enable ${users}?`}
        effect={`${users} will get back what their teams grant them.`}
        confirm={`Enable ${users}`}
        isDangerous={false}
        act={(client) => client.users.switchMany(toChosenUsers(selection, request), { enabled: true })}
        onDone={follow}
      />
      <ConfirmAction
        {...common}
        label="Try disabling…"
        title={`What would come of disabling ${users}?`}
        effect="Nothing changes. A list says of each whether they would be disabled, and if not, why."
        confirm="Try it"
        isDangerous={false}
        act={(client) => client.users.switchMany(toChosenUsers(selection, request), { enabled: false, dryRun: true })}
        onDone={follow}
      />
    </>
  )
}
