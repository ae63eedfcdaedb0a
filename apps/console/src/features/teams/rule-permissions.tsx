import { Group } from '@mantine/core'
import type { Change, Rule, RuleOf } from '@portreeve/client'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { counted } from '../../parts/counted.ts'
import { SelectField, TextField } from '../../parts/forms/fields.tsx'
import { FoundSelectField } from '../../parts/forms/found-select-field.tsx'
import { PERMISSION_TYPES, PermissionBadge, type PermissionType } from '../../parts/permission-badge.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import { countOf } from '../../parts/table/selection.ts'
import type { Column } from '../../parts/table/table-columns.ts'
import { OUTDATED, useMayChangeTeams, useSaying } from './changing-teams.ts'
import { idsOfChosen } from './chosen-ids.ts'
import { FormInDialog } from './form-in-dialog.tsx'
import { type PlacedPermission, pagePlaced } from './placed-permissions.ts'

const COLUMNS: readonly Column<PlacedPermission>[] = [
  {
    id: 'permissionType',
    header: 'May',
    isSortable: true,
    cell: ({ permissionType }) => <PermissionBadge type={permissionType} />,
  },
  { id: 'resource', header: 'Resource', cell: nameOfResource },
  { id: 'path', header: 'Path below it', isSortable: true, cell: ({ path }) => path },
]

/** What a rule says of which paths. */
export function RulePermissions({ rule }: { readonly rule: Rule }) {
  const mayChange = useMayChangeTeams()
  const saying = useSaying()
  const id: RuleOf = { teamId: rule.ownerTeam, ruleId: rule.id }
  const acts: readonly Column<PlacedPermission>[] = mayChange
    ? [{ id: 'acts', header: 'Change', cell: (permission) => <ChangePermission of={id} permission={permission} /> }]
    : []
  return (
    <>
      {mayChange && (
        <Group>
          <AddPermission of={id} />
        </Group>
      )}
      <DataTable<PlacedPermission>
        label="permissions"
        queryKey={['teams', id.teamId, 'rule', id.ruleId, 'permissions']}
        load={(client, request) => pagePlaced(client, id, request)}
        columns={[...COLUMNS, ...acts]}
        keyOf={(permission) => permission.id}
        nameOf={(permission) => `${nameOfResource(permission)} ${permission.path}`}
        sort="path"
        search={{ path: 'Path' }}
        empty={{ title: 'It grants nothing yet.', hint: 'Add a permission on a path of the team.' }}
        {...(mayChange && {
          actions: (selection, { request, clear }) => (
            <ConfirmAction
              label="Remove…"
              title={`Remove ${counted(countOf(selection), 'permission', 'permissions')}?`}
              effect="Whoever the rule speaks of has there what other rules say, and without any, nothing."
              confirm={`Remove ${countOf(selection).toLocaleString('en')}`}
              button={{ size: 'compact-sm' }}
              outdates={OUTDATED}
              done={() => saying(`${counted(countOf(selection), 'permission is', 'permissions are')} removed.`)}
              onDone={clear}
              act={async (client) =>
                client.rules.removePermissions(
                  id,
                  await idsOfChosen(selection, request, (options) => client.rules.listPermissions(id, options)),
                )
              }
            />
          ),
        })}
      />
    </>
  )
}

const NO_PERMISSION = { ownerResource: '', permissionType: 'READ', path: '' }

function AddPermission({ of }: { readonly of: RuleOf }) {
  return (
    <FormInDialog<typeof NO_PERMISSION, Change>
      label="Add a permission…"
      title="Add a permission"
      initial={NO_PERMISSION}
      submitLabel="Add"
      check={({ ownerResource }) => (ownerResource === '' ? { ownerResource: 'Choose a resource of the team.' } : {})}
      done="The permission is added."
      act={(client, { ownerResource, permissionType, path }) =>
        client.rules.addPermissions(of, [{ ownerResource, permissionType: permissionType as PermissionType, path }])
      }
    >
      <FoundSelectField
        name="ownerResource"
        label="Resource"
        description="Of the team. Type a part of the repository's name."
        queryKey={['teams', of.teamId, 'resources']}
        searchIn="repositoryName"
        load={async (client, request) => {
          const { items } = await client.teams.pageResources(of.teamId, { ...request, sort: 'repositoryName' })
          return items.map(({ id, repositoryName, path }) => ({ value: id, label: `${repositoryName}:${path}` }))
        }}
      />
      <PermissionFields />
    </FormInDialog>
  )
}

function ChangePermission({ of, permission }: { readonly of: RuleOf; readonly permission: PlacedPermission }) {
  const { id, ownerResource } = permission
  const initial = { permissionType: permission.permissionType as string, path: permission.path }
  const place = `${nameOfResource(permission)} ${permission.path}`.trim()
  return (
    <FormInDialog<typeof initial, Change>
      label="Change…"
      title={`Change the permission on ${place}`}
      button={{ size: 'compact-sm', variant: 'default', 'aria-label': `Change the permission on ${place}…` }}
      initial={initial}
      submitLabel="Save"
      done="The permission is changed."
      act={(client, { permissionType, path }) =>
        client.rules.changePermissions(of, [
          { id, ownerResource, permissionType: permissionType as PermissionType, path },
        ])
      }
    >
      <PermissionFields />
    </FormInDialog>
  )
}

function PermissionFields() {
  return (
    <>
      <SelectField
        name="permissionType"
        label="May"
        description="No access is a denial: it wins over what other rules with the same audience grant there."
        allowDeselect={false}
        data={PERMISSION_TYPES.map(({ value, label }) => ({ value, label }))}
      />
      <TextField
        name="path"
        label="Path below the resource"
        description="Empty for the resource itself."
        autoComplete="off"
      />
    </>
  )
}

function nameOfResource({ resource }: PlacedPermission): string {
  return resource === undefined ? '' : `${resource.repositoryName}:${resource.path}`
}
