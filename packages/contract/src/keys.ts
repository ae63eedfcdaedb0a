import { Type } from 'typebox'

const Time = Type.String({ format: 'date-time' })

/** Which master keys are in use. Ids, never a key. */
export const KeysDto = Type.Object({
  currentKey: Type.String({ description: 'The master key that wraps data keys.' }),
  keys: Type.Array(
    Type.Object({
      keyId: Type.String(),
      wraps: Type.Integer({ description: 'How many data keys it wraps. One that wraps none is not needed any more.' }),
    }),
  ),
  rotation: Type.Union(
    [
      Type.Object({
        keyId: Type.String({ description: 'The master key that is to wrap everything.' }),
        requestedAt: Time,
        finishedAt: Type.Union([Time, Type.Null()]),
        rewrapped: Type.Integer(),
        unreadable: Type.Integer({ description: 'Data keys that were damaged before: their secrets are lost.' }),
      }),
      Type.Null(),
    ],
    { description: 'The latest; null when there never was one.' },
  ),
})

export const RotationBody = Type.Object({
  keepKey: Type.Optional(
    Type.Boolean({
      description:
        'Make no new key: change to the first one of the key file, which is there already. A rotation under way goes on to that.',
    }),
  ),
})
