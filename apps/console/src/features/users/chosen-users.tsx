import type { PageRequest, PortreeveClient } from '@portreeve/client'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { countOf, type Selection } from '../../parts/selection.ts'

interface ChosenUsersProps {
  readonly selection: Selection
  readonly request: PageRequest
  clear(): void
}

/** What can be done with many users at once: the interface has it for one, so they are gone through. */
export function ChosenUsers({ selection, request, clear }: ChosenUsersProps) {
  const count = countOf(selection).toLocaleString('en')
  const common = { outdates: [['users']], onDone: clear, button: { size: 'compact-sm' } } as const
  return (
    <>
      <ConfirmAction
        {...common}
        label="Disable…"
        title={`Disable ${count} users?`}
        effect={`${count} users lose all access at once, and are signed out everywhere. Enabling them gives it back.`}
        confirm={`Disable ${count}`}
        done={`${count} users are disabled.`}
        act={(client) => forEachChosen(client, { selection, request }, (id) => client.users.disable(id))}
      />
      <ConfirmAction
        {...common}
        label="Enable…"
        title={`Enable ${count} users?`}
        effect={`${count} users get back what their teams grant them.`}
        confirm={`Enable ${count}`}
        done={`${count} users are enabled.`}
        isDangerous={false}
        act={(client) => forEachChosen(client, { selection, request }, (id) => client.users.enable(id))}
      />
    </>
  )
}

/** One after the other, so that the first refusal stops the rest and is told. */
async function forEachChosen(
  client: PortreeveClient,
  { selection, request }: Pick<ChosenUsersProps, 'selection' | 'request'>,
  act: (id: string) => Promise<unknown>,
): Promise<void> {
  const ids = selection.kind === 'some' ? selection.keys : await idsOfAll(client, request)
  for (const id of ids) await act(id)
}

/** Taken down before anything changes: what is changed may no longer match. */
async function idsOfAll(client: PortreeveClient, { search, filter }: PageRequest): Promise<readonly string[]> {
  return await Array.fromAsync(client.users.list({ search: { ...search, ...filter } }), ({ id }) => id)
}
