import { Alert, Fieldset, Stack } from '@mantine/core'
import type { Settings } from '@portreeve/client'
import type { ReactNode } from 'react'
import { useResource } from '../../parts/api.tsx'
import { CheckboxField, NumberField, TextField } from '../../parts/forms/fields.tsx'
import { useField } from '../../parts/forms/form.tsx'

const SCHEDULE = 'Minute, hour, day of the month, month, day of the week, in UTC: 30 2 * * * is 02:30 every day.'

/** All that can be set, by what it is about. */
export function SettingsFields({ settings }: { readonly settings: Settings }) {
  return (
    <>
      <Topic title="Enforcement">
        <CheckboxField
          name="batchedUpdates"
          label="Changes wait until they are applied"
          description="Those of teams, rules and repositories. Disabling a user never waits."
        />
        {settings.batchedUpdates && <EndOfWaiting />}
        <TextField
          name="enforcementSchedule"
          label="Apply what waits"
          description={`${SCHEDULE} Empty: by hand alone.`}
          autoComplete="off"
        />
      </Topic>
      <Topic title="People and directories">
        <CheckboxField
          name="localUsers"
          label="Users who come from no directory"
          description="Without it new ones are refused. Those who are there stay."
        />
        <TextField
          name="directorySyncSchedule"
          label="Synchronise teams with their directories"
          description={`${SCHEDULE} Empty: by hand alone.`}
          autoComplete="off"
        />
        <NumberField
          name="directoryRemovalShare"
          label="May leave a team unasked, in per cent"
          description="0 to 100. Where a directory takes away more of a team, nothing is changed before somebody says that it is meant."
        />
      </Topic>
      <Topic title="Login credentials">
        <CheckboxField name="checkoutReasonRequired" label="Whoever gets a secret says why" />
        <NumberField
          name="secretReminderDays"
          label="Remind stewards to change a secret after days"
          description="1 to 3650, and again after as many. Empty: never."
        />
      </Topic>
    </>
  )
}

function Topic({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Fieldset legend={title}>
      <Stack>{children}</Stack>
    </Fieldset>
  )
}

/** What it does to no longer batch updates, before it is saved. */
function EndOfWaiting() {
  const { value: stillWaits } = useField<boolean>('batchedUpdates')
  const status = useResource(['enforcement', 'status'], (client) => client.enforcement.getStatus(), {
    enabled: !stillWaits,
  })
  if (stillWaits) return null
  const waiting = status.data?.waitingChanges
  return (
    <Alert color="orange" title="Saving applies what waits" role="status">
      {waiting === undefined ? 'All changes that wait take effect.' : waitingText(waiting)} Every later change takes
      effect at once.
    </Alert>
  )
}

function waitingText(count: number): string {
  if (count === 0) return 'No change waits now.'
  return count === 1 ? '1 change takes effect.' : `${count.toLocaleString('en')} changes take effect.`
}
