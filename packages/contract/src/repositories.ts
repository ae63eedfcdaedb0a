import { Type } from 'typebox'
import { Uuid } from './ids.ts'

const NAME = '^[A-Za-z0-9._-]+$'

/** A Subversion repository known by name. */
export const RepositoryDto = Type.Object(
  { id: Uuid, name: Type.String(), description: Type.Optional(Type.String()), type: Type.Enum(['SVN']) },
  { xml: { name: 'repository' }, xsiType: 'repositoryDTO' },
)

export const RepositoryBody = Type.Object(
  {
    id: Type.Optional(Uuid),
    name: Type.String({
      minLength: 1,
      maxLength: 128,
      pattern: NAME,
      expected: 'letters, digits, dots, underscores and hyphens alone',
      description: 'Letters, digits, dot, underscore and hyphen; unique in the whole installation.',
    }),
    description: Type.Optional(Type.String({ maxLength: 4096 })),
    type: Type.Optional(Type.Enum(['SVN'])),
  },
  { additionalProperties: false, xml: { name: 'repository' } },
)
