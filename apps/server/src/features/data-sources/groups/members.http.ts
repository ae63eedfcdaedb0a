import { entryParams, OkAnswer } from '@portreeve/contract'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import { OK_ANSWER } from '../entries/entry-answer.ts'
import { COMMON } from '../entries/route-terms.ts'
import { addToGroup, type MoveDataSourceDeps, removeFromGroup } from './move-data-source.ts'

const MEMBER = {
  ...COMMON,
  url: '/groups/{groupId}/members/{memberId}',
  params: entryParams('groupId', 'memberId'),
} as const

const ERRORS = ['group.not_found', 'data_source.not_found', 'entry.not_yours']

/** What moves data sources between groups. */
export function memberRoutes(deps: MoveDataSourceDeps): Route[] {
  return [
    defineRoute({
      ...MEMBER,
      method: 'POST',
      name: 'addGroupMember',
      summary: 'Put a data source into a group, out of the one it is in',
      permission: 'whoever may edit both',
      answers: { 200: { description: 'It is there, now or already', schema: OkAnswer } },
      errors: ERRORS,
      async handle({ caller, requestId, params: { groupId, memberId } }) {
        await addToGroup(deps, { caller, requestId, group: groupId, dataSource: memberId })
        return { status: 200, body: OK_ANSWER }
      },
    }),
    defineRoute({
      ...MEMBER,
      method: 'DELETE',
      name: 'removeGroupMember',
      summary: 'Take a data source out of a group',
      permission: 'whoever may edit the one or the other',
      answers: { 200: { description: 'It is in no group', schema: OkAnswer } },
      errors: [...ERRORS, 'group.not_member'],
      async handle({ caller, requestId, params: { groupId, memberId } }) {
        await removeFromGroup(deps, { caller, requestId, group: groupId, dataSource: memberId })
        return { status: 200, body: OK_ANSWER }
      },
    }),
  ]
}
