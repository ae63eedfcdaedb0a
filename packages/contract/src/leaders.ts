import { Type } from 'typebox'
import { Uuid } from './ids.ts'

const flag = (description: string) => Type.Optional(Type.Boolean({ description }))

const FLAGS = {
  manageMembers: flag('Add and remove members.'),
  manageRules: flag('Make, change and delete rules.'),
  manageResources: flag('Hand resources to the teams below, and take resources from the team.'),
  manageSubteams: flag('Make, move and delete the teams below.'),
  manageLeaders: flag('Appoint leaders, with no more than these flags.'),
  manageTeam: flag('Change name, description and directory query.'),
}

/** What makes a user a leader of a team and of all teams below it (seed: `teamadminpermission`). */
export const TeamAdminPermissionDto = Type.Object(
  { id: Type.Optional(Uuid), ownerTeam: Uuid, ownerUser: Uuid, username: Type.String(), ...FLAGS },
  { xml: { name: 'teamadminpermission' }, xsiType: 'teamAdminPermissionDTO' },
)

/** As it is sent: a flag that is absent is not granted. Ids and name, when sent, must be those of the path. */
export const TeamAdminPermissionBody = Type.Object(
  {
    id: Type.Optional(Uuid),
    ownerTeam: Type.Optional(Uuid),
    ownerUser: Type.Optional(Uuid),
    username: Type.Optional(Type.String({ maxLength: 256 })),
    ...FLAGS,
  },
  { additionalProperties: false, xml: { name: 'teamadminpermission' } },
)
