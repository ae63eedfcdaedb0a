import { Type } from 'typebox'
import { Uuid } from './ids.ts'
import { MAX_PAGE_SIZE } from './paged-result-list.ts'

const Text = Type.String({ minLength: 1, maxLength: 256 })
const Time = Type.String({ format: 'date-time', expected: 'a time such as 2026-01-31T08:00:00Z' })
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$', expected: '64 hexadecimal digits' })
const RecordId = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })

/** Which records of the audit to answer. */
export const AuditQuery = Type.Object(
  {
    organisation: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 999_999_999,
        description: 'Records of this organisation alone. Superadmins see all of them by default, admins their own.',
      }),
    ),
    actor: Type.Optional(
      Type.String({ minLength: 1, maxLength: 256, description: 'Who acted: the id or the username of then.' }),
    ),
    objectType: Type.Optional(
      Type.String({ minLength: 1, maxLength: 256, description: 'What was acted on, such as team.' }),
    ),
    objectId: Type.Optional(Text),
    act: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 256,
        description: 'What was done, such as team.create; with a dot at its end all acts that begin so: team.',
      }),
    ),
    from: Type.Optional(Time),
    to: Type.Optional(
      Type.String({
        format: 'date-time',
        expected: 'a time such as 2026-01-31T08:00:00Z',
        description: 'Records before this time.',
      }),
    ),
    requestId: Type.Optional(Text),
    task: Type.Optional(Uuid),
    pageSize: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MAX_PAGE_SIZE,
        description: 'Records a page; 100. CSV and JSON lines have no pages.',
      }),
    ),
    before: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'Records that come after the one with this id: `next` of the page before.',
      }),
    ),
  },
  { additionalProperties: false },
)

/** Who did what to which thing, when, and through which request. */
export const AuditRecordDto = Type.Object(
  {
    id: RecordId,
    seq: Type.Union([Type.Integer(), Type.Null()], {
      description: 'Its place in the chain; null until it is sealed, about a second after the act.',
    }),
    at: Time,
    organisation: Type.Union([Type.Integer(), Type.Null()]),
    actor: Type.Object({
      id: Type.Union([Uuid, Type.Null()], { description: 'Null for the server itself, and for whoever is not known.' }),
      name: Type.String(),
      via: Type.String({ description: 'session, token, connector, oauth, password, or system.' }),
    }),
    act: Type.String(),
    object: Type.Object({ type: Type.String(), id: Type.String() }),
    details: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
    requestId: Type.Union([Type.String(), Type.Null()]),
    task: Type.Union([Uuid, Type.Null()]),
    hash: Type.Union([Hash, Type.Null()], { description: 'Null until it is sealed.' }),
  },
  { xml: { name: 'record' } },
)

/** A page of the audit, newest first. */
export const AuditPage = Type.Object(
  {
    records: Type.Array(AuditRecordDto, { xmlItem: 'record' }),
    next: Type.Union([RecordId, Type.Null()], {
      description: 'Ask for the page after this one with `before`; null on the last.',
    }),
  },
  { xml: { name: 'audit' } },
)

/** How many anchors one verification takes. */
export const MAX_ANCHORS = 10_000

export const AuditVerificationBody = Type.Object(
  {
    anchors: Type.Optional(
      Type.Array(
        Type.Object(
          { seq: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }), hash: Hash },
          { additionalProperties: false },
        ),
        {
          maxItems: MAX_ANCHORS,
          description: 'What the chain must still contain: lines written by the server before.',
        },
      ),
    ),
  },
  { additionalProperties: false },
)

/** One line of a verification: how far it is, or in the last one what came of it. */
export const AuditVerificationDto = Type.Object({
  checked: Type.Integer(),
  of: Type.Optional(Type.Integer()),
  outcome: Type.Optional(Type.Enum(['intact', 'broken'])),
  head: Type.Optional(Type.Union([Type.Object({ seq: Type.Integer(), hash: Hash }), Type.Null()])),
  anchors: Type.Optional(Type.Integer({ description: 'How many were compared.' })),
  break: Type.Optional(
    Type.Union([
      Type.Object({
        kind: Type.Enum([
          'seal_missing',
          'record_missing',
          'record_altered',
          'anchor_differs',
          'tail_missing',
          'record_unsealed',
          'unsealed_missing',
        ]),
        seq: Type.Union([Type.Integer(), Type.Null()]),
        recordId: Type.Union([RecordId, Type.Null()]),
        message: Type.String(),
      }),
      Type.Null(),
    ]),
  ),
})
