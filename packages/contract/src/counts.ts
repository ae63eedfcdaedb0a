import { Type } from 'typebox'
import { Uuid } from './ids.ts'
import { StateQuery } from './paged-result-list.ts'

const count = (description: string) => Type.Optional(Type.Integer({ minimum: 0, description }))

/** How much belongs to one thing; only the counts that apply to things of its kind (seed: `CountsDTO`). */
export const CountsDto = Type.Object({
  id: Uuid,
  users: count('Users who are its members, or whom it names.'),
  resources: count('Resources it has, or speaks of.'),
  rules: count('Rules it has, or that name it.'),
  subteams: count('Teams directly below it; of a user, those below the team that they are a member of.'),
  teams: count('Teams that a user is a member of.'),
})

/** `{"counts": [...]}`, or `<counts><counts>…</counts></counts>` (seed: element `counts`). */
export const CountsAnswer = Type.Object({ counts: Type.Array(CountsDto) }, { xml: { name: 'counts' } })

/** Query parameters of a GET of counts. */
export const CountsQuery = Type.Object(
  {
    ...StateQuery.properties,
    id: Type.Optional(
      Type.Array(Uuid, {
        commaSeparated: true,
        maxItems: 1000,
        description: 'What to count for; everything if absent.',
      }),
    ),
  },
  { additionalProperties: false },
)

/** A bare number, or `<count>n</count>` (seed: element `count`). */
export const CountAnswer = Type.Integer({ xml: { name: 'count' }, description: 'How many there are.' })
