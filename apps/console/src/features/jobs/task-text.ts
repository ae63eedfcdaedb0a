import type { Task } from '@portreeve/client'

/** Kinds of tasks, as the server calls them, and what they do. */
const KIND_TEXTS: Readonly<Record<string, string>> = {
  'user.create': 'Create a user',
  'user.change': 'Change a user',
  'user.disable': 'Disable a user',
  'user.enable': 'Enable a user',
  'team.create': 'Create a team',
  'team.change': 'Change a team',
  'team.delete': 'Delete a team',
  'team.add-members': 'Add members',
  'team.create-member': 'Create a member',
  'team.remove-members': 'Remove members',
  'team.add-resource': 'Add a resource',
  'team.remove-resources': 'Remove resources',
  'team.sync': 'Sync with a directory',
  'leader.appoint': 'Appoint a leader',
  'leader.change': 'Change a leader',
  'leader.remove': 'Remove a leader',
  'rule.create': 'Create a rule',
  'rule.change': 'Change a rule',
  'rule.delete': 'Delete a rule',
  'rule.add-members': 'Name members in a rule',
  'rule.remove-members': 'Take members from a rule',
  'rule.add-permissions': 'Add permissions',
  'rule.change-permissions': 'Change permissions',
  'rule.remove-permissions': 'Remove permissions',
  'repository.create': 'Create a repository',
  'repository.import': 'Import an authz file',
  'ldapauthority.create': 'Create an LDAP authority',
  'ldapauthority.change': 'Change an LDAP authority',
  'ldapauthority.delete': 'Delete an LDAP authority',
  'client.create': 'Create a client application',
  'client.delete': 'Delete a client application',
  'model.revert': 'Revert to a revision',
}

export const KIND_OPTIONS = Object.entries(KIND_TEXTS).map(([value, label]) => ({ value, label }))

/** What the task does, also of a kind that is not known here. */
export function kindText(type: string): string {
  return KIND_TEXTS[type] ?? type
}

export const STATE_OPTIONS = [
  { value: 'PENDING', label: 'Pending' },
  { value: 'RUNNING', label: 'Running' },
  { value: 'COMPLETED', label: 'Completed' },
  { value: 'FAILED', label: 'Failed' },
  { value: 'ABORTED', label: 'Aborted' },
] satisfies readonly { readonly value: Task['state']; readonly label: string }[]

/** False when nothing will become of it any more. */
export function isUnderWay({ state, enforced }: Pick<Task, 'state' | 'enforced'>): boolean {
  return state === 'PENDING' || state === 'RUNNING' || (state === 'COMPLETED' && !enforced)
}

/** How far the change has come on its way to Subversion. */
export function progressText({ state, enforced }: Pick<Task, 'state' | 'enforced'>): string {
  switch (state) {
    case 'PENDING':
      return 'It waits for its turn.'
    case 'RUNNING':
      return 'It is being done.'
    case 'COMPLETED':
      return enforced ? 'It is made, and enforced.' : 'It is made, and not enforced yet.'
    case 'FAILED':
      return 'It was refused when its turn came. Nothing was changed.'
    case 'ABORTED':
      return 'It was aborted before its turn came. Nothing was changed.'
  }
}

const AREAS: Readonly<Record<string, string>> = {
  'user.create': 'users',
  'team.create-member': 'users',
  'team.create': 'teams',
  'repository.create': 'repositories',
}

/** The page of what the task made; undefined where it made nothing that has one. */
export function addressOfMade({
  type,
  state,
  entityId,
}: Pick<Task, 'type' | 'state' | 'entityId'>): string | undefined {
  const area = AREAS[type]
  if (area === undefined || entityId === undefined || state !== 'COMPLETED') return undefined
  return `${area}/${entityId}`
}
