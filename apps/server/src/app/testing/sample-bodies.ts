import { randomUUID } from 'node:crypto'
import type { Body } from './wire-format.ts'

const ids = { ids: { ids: [randomUUID()] } }
const permission = { ownerResource: randomUUID(), permissionType: 'READ' }

/** A well-formed body for each operation of the teams interface that takes one. */
export const SAMPLE_BODIES: Readonly<Record<string, Body>> = {
  createUser: { user: { username: 'ann' } },
  createRepository: { repository: { name: 'calc' } },
  createTeam: { team: { name: 'core' } },
  changeTeam: { team: { name: 'core' } },
  addMembers: ids,
  removeMembers: ids,
  addResource: { resource: { repositoryName: 'calc', path: '/trunk' } },
  createRule: { rule: { ruleName: 'readers' } },
  addRuleMembers: ids,
  removeRuleMembers: ids,
  addResourcePermissions: { dtolist: { DTOs: [permission] } },
}
