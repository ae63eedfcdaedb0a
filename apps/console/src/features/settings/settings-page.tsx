import { Skeleton, Table } from '@mantine/core'
import type { Settings } from '@portreeve/client'
import { useResource, useSession } from '../../parts/api.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Form } from '../../parts/forms/form.tsx'
import { Page } from '../../parts/page/page.tsx'
import { holdsAny } from '../../parts/rights.ts'
import { SettingsFields } from './settings-fields.tsx'
import { changesOf, type SettingsForm, toForm } from './settings-form.ts'

/** How the organisation is run: changed by who may, read by the others. */
export function SettingsPage() {
  const settings = useResource(['settings'], (client) => client.settings.get())
  const mayChange = holdsAny(useSession(), 'allow_modify_settings')
  return (
    <Page title="Settings">
      <ErrorNotice error={settings.error} onRetry={() => void settings.refetch()} />
      {settings.isPending && <Skeleton height={400} />}
      {settings.data && mayChange && <ChangeSettings settings={settings.data} />}
      {settings.data && !mayChange && <SettingsFacts settings={settings.data} />}
    </Page>
  )
}

function ChangeSettings({ settings }: { readonly settings: Settings }) {
  return (
    <Form<SettingsForm, Settings>
      initial={toForm(settings)}
      submitLabel="Save"
      // An empty number would be sent as 0, which means something else.
      check={({ directoryRemovalShare: share }) =>
        share === '' ? { directoryRemovalShare: 'Enter a whole number from 0 to 100.' } : {}
      }
      act={(client, form) => client.settings.change(changesOf(settings, form))}
      outdates={[['settings'], ['enforcement'], ['overview']]}
      done="Saved."
    >
      <SettingsFields settings={settings} />
    </Form>
  )
}

function SettingsFacts({ settings }: { readonly settings: Settings }) {
  const facts = [
    ['Changes wait until they are applied', yesOrNo(settings.batchedUpdates)],
    ['Applied by themselves', settings.enforcementSchedule ?? 'never'],
    ['Users with a password here', yesOrNo(settings.localUsers)],
    ['Synchronised with directories', settings.directorySyncSchedule ?? 'by hand alone'],
    ['May leave a team unasked', `${settings.directoryRemovalShare} %`],
    ['Getting a secret takes a reason', yesOrNo(settings.checkoutReasonRequired)],
    [
      'Reminders of old secrets',
      settings.secretReminderDays === null ? 'never' : `after ${settings.secretReminderDays} days`,
    ],
  ] as const
  return (
    <Table maw="36rem">
      <Table.Tbody>
        {facts.map(([label, value]) => (
          <Table.Tr key={label}>
            <Table.Th scope="row">{label}</Table.Th>
            <Table.Td>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no'
}
