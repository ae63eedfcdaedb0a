import { randomUUID } from 'node:crypto'
import type { Body } from './wire-format.ts'

const ids = { ids: { ids: [randomUUID()] } }
const ldapAuthority = { name: 'people', url: 'ldap://127.0.0.1:9', userBase: 'ou=people,dc=example,dc=org' }
const permission = { ownerResource: randomUUID(), permissionType: 'READ' }

/** A well-formed body for each operation of the teams interface that takes one. */
export const SAMPLE_BODIES: Readonly<Record<string, Body>> = {
  changeSettings: { settings: { batchedUpdates: true } },
  applyChanges: { apply: {} },
  revertModel: { revert: { revision: 0 } },
  createUser: { user: { username: 'ann' } },
  changeUser: { user: { displayName: 'Ann' } },
  createLdapAuthority: { ldapAuthority },
  changeLdapAuthority: { ldapAuthority },
  testUnstoredLdapAuthority: { ldapAuthority },
  createRepository: { repository: { name: 'calc' } },
  importAuthz: { import: { authz: '[/]\n* = r\n' } },
  createTeam: { team: { name: 'core' } },
  createSubteam: { team: { name: 'core' } },
  changeTeam: { team: { name: 'core' } },
  appointLeader: { teamadminpermission: { manageMembers: true } },
  changeLeader: { teamadminpermission: { manageMembers: false } },
  addMembers: ids,
  removeMembers: ids,
  createMember: { user: { username: 'ann' } },
  addResource: { resource: { repositoryName: 'calc', path: '/trunk' } },
  removeResources: ids,
  createRule: { rule: { ruleName: 'readers' } },
  changeRule: { rule: { ruleName: 'readers' } },
  addRuleMembers: ids,
  removeRuleMembers: ids,
  addResourcePermissions: { dtolist: { DTOs: [permission] } },
  changeResourcePermissions: { dtolist: { DTOs: [{ id: randomUUID(), ...permission }] } },
  removeResourcePermissions: ids,
}

/** What operations that cannot do without query parameters are asked with. */
export const SAMPLE_QUERIES: Readonly<Record<string, string>> = { findUserByUsername: '?username=ann' }
