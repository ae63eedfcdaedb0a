import { Type } from 'typebox'
import { Uuid } from './ids.ts'

const optionalText = (description: string, maxLength: number) => Type.Optional(Type.String({ maxLength, description }))

/** A team as it is answered (seed: `team`). */
export const TeamDto = Type.Object(
  {
    id: Uuid,
    name: Type.String(),
    description: Type.Optional(Type.String()),
    parentTeam: Type.Optional(Uuid),
    ldapAuthority: Type.Optional(Uuid),
    ldapFilter: Type.Optional(Type.String()),
  },
  { xml: { name: 'team' }, xsiType: 'teamDTO' },
)

/** A team as it is sent; `id`, when sent, must be the team's own. */
export const TeamBody = Type.Object(
  {
    id: Type.Optional(Uuid),
    name: Type.String({ minLength: 1, maxLength: 128, description: 'Unique among its siblings, whatever the case.' }),
    description: optionalText('What the team is for.', 4096),
    parentTeam: Type.Optional(
      Type.Union([Uuid, Type.Null()], { description: 'The team above; none for a root team.' }),
    ),
    ldapAuthority: Type.Optional(Uuid),
    ldapFilter: optionalText('Filter of the directory entries that are its members (RFC 4515).', 4096),
  },
  { additionalProperties: false, xml: { name: 'team' } },
)

/** A repository path that a team may hand out (seed: `resource`). */
export const ResourceDto = Type.Object(
  { id: Uuid, repositoryName: Type.String(), path: Type.String(), ownerTeam: Uuid },
  { xml: { name: 'resource' }, xsiType: 'resourceDTO' },
)

/** What a team could still be given: a resource of the team above, or, for a root team, a repository from its root. */
export const AvailableResourceDto = Type.Object(
  { id: Type.Optional(Uuid), repositoryName: Type.String(), path: Type.String(), ownerTeam: Type.Optional(Uuid) },
  { xml: { name: 'resource' }, xsiType: 'resourceDTO' },
)

export const ResourceBody = Type.Object(
  {
    id: Type.Optional(Uuid),
    repositoryName: Type.String({
      minLength: 1,
      maxLength: 128,
      description: 'Of a repository, or of a data source: datasource:<its id>.',
    }),
    path: Type.Optional(
      Type.String({ maxLength: 4096, description: 'A path from the root of the repository; / by default.' }),
    ),
    ownerTeam: Type.Optional(Uuid),
  },
  { additionalProperties: false, xml: { name: 'resource' } },
)
