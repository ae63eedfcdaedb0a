import { type TSchema, Type } from 'typebox'

/** A UUID (RFC 9562), in any case; what reads it sees lower case, as everything here writes it. */
export const Uuid = Type.String({
  pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
  expected: 'a UUID',
  description: 'A UUID.',
  lowerCase: true,
})

/** `{"ids": [...]}`, or `<ids><ids>…</ids></ids>` with `<id>` read too (seed: element `ids`). */
export const IdsBody = Type.Object(
  { ids: Type.Array(Uuid, { minItems: 1, maxItems: 20_000, xmlItemAliases: ['id'] }) },
  { additionalProperties: false, xml: { name: 'ids' } },
)

/** The id of the task that tells what becomes of a change; a bare string in JSON. */
export const TaskIdAnswer = Type.String({ xml: { name: 'task' }, description: 'The id of the task.' })

/** Path parameters that are all ids. */
export function idParams<const Names extends readonly string[]>(
  ...names: Names
): ReturnType<typeof Type.Object<{ [K in Names[number]]: typeof Uuid }>> {
  const properties = Object.fromEntries(names.map((name) => [name, Uuid])) as { [K in Names[number]]: typeof Uuid }
  return Type.Object(properties)
}

/** The list of entries a request sends: `{"DTOs": [...]}` or `<dtolist><DTOs>…</DTOs></dtolist>` (seed: `dtolist`). */
export function dtoListBody<Item extends TSchema>(item: Item) {
  return Type.Object(
    { DTOs: Type.Array(item, { minItems: 1, maxItems: 10_000 }) },
    { additionalProperties: false, xml: { name: 'dtolist' } },
  )
}
