import { type TObject, type TProperties, type TSchema, Type } from 'typebox'
import { MAX_PAGE_SIZE } from './paged-result-list.ts'

// What all resources of ER/Studio Team Server's interface share: their envelopes, lists, people and answers.

/** A PostgreSQL `int`. */
const LARGEST_ID = 2_147_483_647

/** The id of a data source, group or login credential. */
export function entryId(description: string) {
  return Type.Integer({ minimum: 1, maximum: LARGEST_ID, description })
}

export const EntryId = entryId('Its id.')

/** From 1 on, or null for none. */
export function integerOrNull(maximum: number, description: string) {
  return Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    minimum: 1,
    maximum,
    description,
    expected: 'an integer',
  })
}

/** The group something is in. */
export const EnclosingGroupId = integerOrNull(LARGEST_ID, 'The group it is in; null: none.')

/** Path parameters that are all ids of entries. */
export function entryParams<const Names extends readonly string[]>(
  ...names: Names
): ReturnType<typeof Type.Object<{ [K in Names[number]]: typeof EntryId }>> {
  const properties = Object.fromEntries(names.map((name) => [name, EntryId])) as {
    [K in Names[number]]: typeof EntryId
  }
  return Type.Object(properties)
}

export const UnixSeconds = Type.Integer({ description: 'Seconds since 1970.' })

/** What every entry can say of itself, in requests. */
export const entryTextFields = {
  description: Type.Optional(Type.String({ maxLength: 4000 })),
  status: Type.Optional(Type.String({ maxLength: 255, description: 'In words of your own.' })),
  aliases: Type.Optional(Type.String({ maxLength: 4000, description: 'Other names and synonyms.' })),
  abbreviations: Type.Optional(Type.String({ maxLength: 4000 })),
  userData: Type.Optional(Type.String({ maxLength: 16_000, description: 'Whatever you like.' })),
}

export const EntryName = Type.String({ minLength: 1, maxLength: 255, description: 'No other of its type has it.' })

/** What every entry's answer begins with; `type` is the same for all of a kind. */
export function entryFields(type: string) {
  return {
    id: EntryId,
    name: Type.String(),
    type: Type.Literal(type),
    url: Type.String({ description: 'Its path below the root of the server.' }),
    link: Type.String({ description: 'The path of its page; leads to the console.' }),
    createdAt: UnixSeconds,
    modifiedAt: UnixSeconds,
    description: Type.String(),
    status: Type.String(),
    aliases: Type.String(),
    abbreviations: Type.String(),
    userData: Type.String(),
  }
}

/** What a PUT may send back as a GET told it, and what nobody can change. */
const readOnly = Type.Optional(Type.Unknown({ description: 'Read only: taken, and not looked at.' }))
export const readOnlyEntryFields = {
  id: Type.Optional(Type.Integer({ description: 'The one in the path.' })),
  type: readOnly,
  url: readOnly,
  link: readOnly,
  createdAt: readOnly,
  modifiedAt: readOnly,
}

/** A user, as this interface shows people. */
export const PersonDto = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  type: Type.Literal('person'),
  url: Type.String(),
})

/** People, each by id or by name (username or display name), or as the interface itself shows them. */
export const StewardsBody = Type.Array(
  Type.Union([
    Type.String({ minLength: 1, maxLength: 512 }),
    Type.Object({
      id: Type.Optional(Type.String()),
      name: Type.Optional(Type.String()),
      type: Type.Optional(Type.String()),
      url: Type.Optional(Type.String()),
    }),
  ]),
  { maxItems: 100, description: 'Who looks after it: ids or names of users, or {"id"} or {"name"}.' },
)

/** Query parameters that every list takes. */
export const entryListFields = {
  limit: Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: 25 }),
  offset: Type.Integer({ minimum: 0, maximum: LARGEST_ID, default: 0 }),
  q: Type.Optional(
    Type.String({
      maxLength: 256,
      description: 'Words in name, description, aliases or abbreviations; all must be there.',
    }),
  ),
  alphaFilter: Type.Optional(Type.String({ minLength: 1, maxLength: 1, description: 'The first letter of the name.' })),
}

/** `{"group": {…}}` */
export function entryEnvelope(name: string, entry: TSchema): TObject {
  return Type.Object({ [name]: entry })
}

/** `{"metadata_": {…}, "groups": […]}`; `filters` are those that only this list takes. */
export function entryList(lists: Readonly<Record<string, TSchema>>, filters: TProperties = {}): TObject {
  const { q, alphaFilter } = entryListFields
  const metadata = Type.Object({
    limit: Type.Integer(),
    offset: Type.Integer(),
    totalCount: Type.Integer(),
    q,
    alphaFilter,
    ...filters,
  })
  const entries = Object.entries(lists).map(([name, entry]) => [name, Type.Array(entry)])
  return Type.Object({ metadata_: metadata, ...Object.fromEntries(entries) })
}

/** What a deletion is answered with. The status is a text here (seed: DELETE), a number in errors. */
export const OkAnswer = Type.Object({ message: Type.Literal('OK'), status: Type.Literal('200') })
