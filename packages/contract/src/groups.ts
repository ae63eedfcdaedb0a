import { Type } from 'typebox'
import {
  EnclosingGroupId,
  EntryId,
  EntryName,
  entryFields,
  entryId,
  entryListFields,
  entryTextFields,
  PersonDto,
  readOnlyEntryFields,
  StewardsBody,
} from './team-server.ts'

const MembersType = Type.Literal('datasource')

/** A data-source group (seed: "Group Fields"). */
export const GroupDto = Type.Object({
  ...entryFields('Group'),
  isCurrentUserFollowing: Type.Boolean(),
  membersType: MembersType,
  parentId: Type.Optional(EntryId),
  stewards: Type.Array(PersonDto),
})

const optionalFields = {
  ...entryTextFields,
  parentId: Type.Optional(EnclosingGroupId),
  stewards: Type.Optional(StewardsBody),
}

export const GroupBody = Type.Object({ name: EntryName, membersType: MembersType, ...optionalFields })

/** What is left out stays as it is. */
export const GroupChangeBody = Type.Object({
  name: Type.Optional(EntryName),
  membersType: Type.Optional(MembersType),
  ...optionalFields,
  isCurrentUserFollowing: Type.Optional(Type.Boolean()),
  ...readOnlyEntryFields,
})

export const GroupListQuery = Type.Object({
  ...entryListFields,
  parentId: Type.Optional(entryId('Only groups directly in this one.')),
})
