import { Skeleton, Stack, Text, Title } from '@mantine/core'
import type { Admin, Role, User } from '@portreeve/client'
import { useResource, useSession } from '../../parts/api.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { ChecklistField, SelectField } from '../../parts/forms/fields.tsx'
import { Form } from '../../parts/forms/form.tsx'
import { holdsAny, isSuperadmin } from '../../parts/rights.ts'

const FLAGS = [
  ['allow_view_users', 'See users and teams'],
  ['allow_modify_users', 'Change users'],
  ['allow_modify_admins', 'Appoint admins'],
  ['allow_view_settings', 'See settings'],
  ['allow_modify_settings', 'Change settings'],
  ['allow_modify_teams', 'Change teams and rules'],
  ['allow_modify_clients', 'Decide on client applications'],
  ['allow_modify_datasources', 'Change data sources and login credentials'],
  ['allow_view_audit', 'See the audit'],
] as const
const ROLES = [
  { value: 'user', label: 'User' },
  { value: 'admin', label: 'Admin of this organisation' },
  { value: 'superadmin', label: 'Superadmin: of every organisation' },
]

/** The role and the permission flags of a user. */
export function UserRights({ user }: { readonly user: User }) {
  const rights = useResource(['users', user.id, 'admin'], (client) => client.admins.get(user.id))
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        Admin rights
      </Title>
      <ErrorNotice error={rights.error} onRetry={() => void rights.refetch()} />
      {rights.isPending && <Skeleton height={160} />}
      {rights.data && <RightsForm rights={rights.data} reload={() => void rights.refetch()} />}
    </Stack>
  )
}

function RightsForm({ rights, reload }: { readonly rights: Admin; reload(): void }) {
  const session = useSession()
  if (!holdsAny(session, 'allow_modify_admins')) return <RightsInWords rights={rights} />
  const initial: { readonly role: string; readonly flags: readonly string[] } = rights
  return (
    <Form<{ readonly role: string; readonly flags: readonly string[] }, Admin>
      initial={{ role: initial.role, flags: initial.flags }}
      submitLabel="Save the rights"
      codes={{ 'admin.flags_without_role': 'role', 'admin.flag_not_held': 'flags' }}
      act={(client, { role, flags }) =>
        client.admins.change(rights.id, { role: role as Role, flags: role === 'user' ? [] : flags })
      }
      outdates={[['users', rights.id], ['session']]}
      done={`The rights of ${rights.username} are changed.`}
      onReload={reload}
    >
      <SelectField
        name="role"
        label="Role"
        allowDeselect={false}
        data={ROLES.filter(({ value }) => value !== 'superadmin' || isSuperadmin(session) || rights.role === value)}
      />
      <ChecklistField
        name="flags"
        label="May"
        description="You hand out what you hold yourself. A plain user has none of these."
        options={FLAGS.map(([value, label]) => ({ value, label, disabled: !session.flags.includes(value) }))}
      />
    </Form>
  )
}

function RightsInWords({ rights: { role, flags } }: { readonly rights: Admin }) {
  const names = FLAGS.filter(([flag]) => flags.includes(flag)).map(([, label]) => label)
  return (
    <Text size="sm">
      {ROLES.find(({ value }) => value === role)?.label}
      {names.length > 0 && `: ${names.join(', ')}`}
    </Text>
  )
}
