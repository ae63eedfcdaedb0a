import { Group, Stack, Text } from '@mantine/core'
import type { Change, LdapAuthority } from '@portreeve/client'
import { useResource, useSession } from '../../parts/api.tsx'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { CopyableId } from '../../parts/copyable-id.tsx'
import { counted } from '../../parts/counted.ts'
import { Form } from '../../parts/forms/form.tsx'
import { useGo } from '../../parts/link.tsx'
import { holdsAny } from '../../parts/rights.ts'
import { AuthorityFields } from './authority-fields.tsx'
import { type AuthorityForm, toBody, toForm } from './authority-form.ts'
import { TestEntered } from './test-entered.tsx'

/** Where a directory is and what stands where in it, to change for who may. */
export function AuthorityOverview({ authority }: { readonly authority: LdapAuthority }) {
  const { id, name, url, userBase, bindDn } = authority
  const mayChange = holdsAny(useSession(), 'allow_modify_settings')
  return (
    <Stack>
      <CopyableId value={id} what={`the id of ${name}`} />
      {!mayChange && (
        <Text size="sm" className="long-text">
          People are at {url} below {userBase}, and are searched for{' '}
          {bindDn === undefined ? 'by nobody' : `as ${bindDn}`}.
        </Text>
      )}
      {mayChange && <ChangeAuthority authority={authority} />}
      {mayChange && <DeleteAuthority authority={authority} />}
    </Stack>
  )
}

function ChangeAuthority({ authority }: { readonly authority: LdapAuthority }) {
  return (
    <Form<AuthorityForm, Change>
      initial={toForm(authority)}
      submitLabel="Save"
      act={(client, form) => client.ldapAuthorities.change(authority.id, toBody(form))}
      outdates={[['authorities']]}
      done="Saved."
    >
      <AuthorityFields keepsPassword={authority.bindDn !== undefined} />
      <TestEntered />
    </Form>
  )
}

function DeleteAuthority({ authority: { id, name } }: { readonly authority: LdapAuthority }) {
  const go = useGo()
  const mayCount = holdsAny(useSession(), 'allow_view_users', 'allow_modify_teams')
  const teams = useResource(
    ['authorities', id, 'team-count'],
    (client, signal) => client.teams.page({ page: 1, pageSize: 1, search: { ldapAuthority: id }, signal }),
    { enabled: mayCount },
  )
  const total = teams.data?.total ?? 0
  const used = total > 0 ? ` ${counted(total, 'team takes', 'teams take')} members from it now.` : ''
  return (
    <Group>
      <ConfirmAction
        label="Delete…"
        title={`Delete ${name}?`}
        effect={`Portreeve forgets where ${name} is, and its bind password. This is refused as long as a team takes its members from it or a user comes from it.${used} Nothing changes in the directory itself.`}
        confirm="Delete"
        typed={name}
        // Not the authority itself: it could not be read any more.
        outdates={[['authorities', 'page']]}
        done={`${name} is deleted.`}
        onDone={() => go('authorities')}
        act={(client) => client.ldapAuthorities.delete(id)}
      />
    </Group>
  )
}
