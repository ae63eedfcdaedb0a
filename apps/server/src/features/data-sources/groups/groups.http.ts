import {
  DataSourceDto,
  entryEnvelope,
  entryId,
  entryList,
  entryListFields,
  entryParams,
  GroupBody,
  GroupChangeBody,
  GroupDto,
  GroupListQuery,
  OkAnswer,
} from '@portreeve/contract'
import { Type } from 'typebox'
import { mountRoutes, TEAM_SERVER_ROOTS } from '../../../platform/http/mount-routes.ts'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import { dataSourceAnswer } from '../data-sources.http.ts'
import { entryAnswer, listMetadata, OK_ANSWER, personAnswer, versionOfEntry } from '../entries/entry-answer.ts'
import { readEntryFilter } from '../entries/entry-text.ts'
import { followRoutes } from '../entries/follow.http.ts'
import { COMMON, EDITORS, FIELD_ERRORS, READERS } from '../entries/route-terms.ts'
import { type ChangeGroupDeps, changeGroup } from './change-group.ts'
import { type CreateGroupDeps, createGroup } from './create-group.ts'
import { type DeleteGroupDeps, deleteGroup } from './delete-group.ts'
import { type FollowGroupDeps, followGroup } from './follow-group.ts'
import { type GetGroupDeps, getGroup, type ListRootsDeps, listGroups, listRoots } from './get-group.ts'
import { GROUP_KIND, type Group, MEMBERS_TYPE } from './group.ts'
import { memberRoutes } from './members.http.ts'
import type { MoveDataSourceDeps } from './move-data-source.ts'

export type GroupsDeps = ListRootsDeps &
  GetGroupDeps &
  CreateGroupDeps &
  ChangeGroupDeps &
  DeleteGroupDeps &
  MoveDataSourceDeps &
  FollowGroupDeps

const ALL = { ...COMMON, url: '/groups' } as const
const ONE = { ...COMMON, url: '/groups/{id}', params: entryParams('id') } as const
const FOLLOWED = { url: '/groups', noun: 'Group', what: 'a group', notFound: 'group.not_found' } as const
const Envelope = entryEnvelope('group', GroupDto)

/** ER/Studio Team Server's data-source groups (seed: "Group API"), at both of its roots. */
export function groupsRoutes(deps: GroupsDeps): Route[] {
  return mountRoutes(TEAM_SERVER_ROOTS, [
    listRoute(deps),
    rootsRoute(deps),
    getRoute(deps),
    createRoute(deps),
    changeRoute(deps),
    deleteRoute(deps),
    ...followRoutes({
      ...FOLLOWED,
      follow: (act) => followGroup(deps, act),
    }),
    ...memberRoutes(deps),
  ])
}

function listRoute(deps: ListRootsDeps): Route {
  const filters = { parentId: Type.Optional(entryId('As asked for.')) }
  return defineRoute({
    ...ALL,
    method: 'GET',
    name: 'listGroups',
    summary: 'List groups, by name',
    permission: READERS,
    query: GroupListQuery,
    answers: { 200: { description: 'One page', schema: entryList({ groups: GroupDto }, filters) } },
    async handle({ caller, query }) {
      const filter = readEntryFilter(query)
      const { items, total } = await listGroups(deps, { caller, filter, parentId: query.parentId })
      return { status: 200, body: { metadata_: listMetadata(query, total), groups: items.map(groupAnswer) } }
    },
  })
}

function rootsRoute(deps: ListRootsDeps): Route {
  return defineRoute({
    ...COMMON,
    method: 'GET',
    url: '/groups/roots',
    name: 'listRoots',
    summary: 'List what is in no group: groups at the top, then data sources, by name',
    permission: READERS,
    query: Type.Object(entryListFields),
    answers: {
      200: { description: 'One page of both', schema: entryList({ groups: GroupDto, datasources: DataSourceDto }) },
    },
    async handle({ caller, query }) {
      const { groups, dataSources, total } = await listRoots(deps, { caller, filter: readEntryFilter(query) })
      const entries = { groups: groups.map(groupAnswer), datasources: dataSources.map(dataSourceAnswer) }
      return { status: 200, body: { metadata_: listMetadata(query, total), ...entries } }
    },
  })
}

function getRoute(deps: GetGroupDeps): Route {
  return defineRoute({
    ...ONE,
    method: 'GET',
    name: 'getGroup',
    summary: 'Get a group',
    permission: READERS,
    answers: { 200: { description: 'The group', schema: Envelope } },
    errors: ['group.not_found'],
    versioned: true,
    async handle({ caller, params: { id } }) {
      const found = await getGroup(deps, { caller, id })
      return { ...answer(found), version: versionOfEntry(found) }
    },
  })
}

function createRoute(deps: CreateGroupDeps): Route {
  return defineRoute({
    ...ALL,
    method: 'POST',
    name: 'createGroup',
    summary: 'Make a group',
    permission: 'allow_modify_datasources; in a group also whoever may edit that group',
    body: GroupBody,
    answers: { 200: { description: 'The new group', schema: Envelope } },
    errors: FIELD_ERRORS,
    async handle({ caller, requestId, body: { stewards, membersType: _only, ...fields } }) {
      return answer(await createGroup(deps, { caller, requestId, fields, stewards }))
    },
  })
}

function changeRoute(deps: ChangeGroupDeps): Route {
  return defineRoute({
    ...ONE,
    method: 'PUT',
    name: 'changeGroup',
    summary: 'Change fields of a group: those that are sent; parentId moves it with all that is in it',
    permission: `${EDITORS}; into another group whoever may edit that, too; to the top allow_modify_datasources`,
    body: GroupChangeBody,
    answers: { 200: { description: 'The group as it is now', schema: Envelope } },
    errors: [...FIELD_ERRORS, 'group.not_found', 'group.cycle', 'entry.other_id'],
    versioned: true,
    async handle({ caller, requestId, params: { id }, ifMatch, body }) {
      const { name, description, status, aliases, abbreviations, userData, parentId } = body
      const fields = { name, description, status, aliases, abbreviations, userData, parentId }
      const { stewards, isCurrentUserFollowing: isFollowed, id: namedId } = body
      return answer(await changeGroup(deps, { caller, requestId, id, ifMatch, fields, stewards, isFollowed, namedId }))
    },
  })
}

function deleteRoute(deps: DeleteGroupDeps): Route {
  return defineRoute({
    ...ONE,
    method: 'DELETE',
    name: 'deleteGroup',
    summary: 'Delete a group and the groups below it; their data sources stay, in no group',
    permission: EDITORS,
    answers: { 200: { description: 'They are gone', schema: OkAnswer } },
    errors: ['group.not_found', 'entry.not_yours'],
    versioned: true,
    async handle({ caller, requestId, params: { id }, ifMatch }) {
      await deleteGroup(deps, { caller, requestId, id, ifMatch })
      return { status: 200, body: OK_ANSWER }
    },
  })
}

function answer(group: Group) {
  return { status: 200, body: { group: groupAnswer(group) } }
}

function groupAnswer(group: Group) {
  const { parentId, isFollowed, stewards } = group
  return {
    ...entryAnswer(GROUP_KIND, group),
    isCurrentUserFollowing: isFollowed,
    membersType: MEMBERS_TYPE,
    parentId,
    stewards: stewards.map(personAnswer),
  }
}
