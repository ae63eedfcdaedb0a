import { type TObject, Type } from 'typebox'

/** The largest page any list answers. */
export const MAX_PAGE_SIZE = 1000

/** Query parameters every list of the teams interface takes (seed: "Parameters" of each GET). */
export const ListQuery = Type.Object(
  {
    queryEnforced: Type.Optional(
      Type.Boolean({
        description: 'true: the enforced model, as when the files were last generated; false: the pending one.',
      }),
    ),
    revision: Type.Optional(
      Type.Integer({ minimum: 0, description: 'The model as it stood at this revision; the pending one by default.' }),
    ),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, description: 'Entries a page; 20.' })),
    pageNumber: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'From 1 on.' })),
    fieldList: Type.Optional(
      Type.Array(Type.String(), { commaSeparated: true, description: 'Fields to answer; all of them by default.' }),
    ),
    sortAscending: Type.Optional(Type.Boolean({ description: 'true by default.' })),
    sortColumn: Type.Optional(Type.String({ description: 'Field to sort by.' })),
    searchKeyList: Type.Optional(
      Type.Array(Type.String(), { commaSeparated: true, maxItems: 8, description: 'Fields to search.' }),
    ),
    searchValueList: Type.Optional(
      Type.Array(Type.String(), { maxItems: 8, description: 'What each of them must contain, whatever the case.' }),
    ),
  },
  { additionalProperties: false },
)

/** Query parameters of a GET of one thing. */
export const StateQuery = Type.Object(
  { queryEnforced: ListQuery.properties.queryEnforced, revision: ListQuery.properties.revision },
  { additionalProperties: false },
)

/** A page of a list (seed: `pagedresultlist`); `fieldList` may leave out any field of its entries. */
export function pagedResultList<Item extends TObject & { xsiType?: string }>(item: Item) {
  return Type.Object(
    {
      pageNumber: Type.Integer(),
      pageSize: Type.Integer(),
      totalResults: Type.Integer(),
      totalPages: Type.Integer(),
      DTOs: Type.Array(Type.Partial(item, { xsiType: item.xsiType })),
    },
    { xml: { name: 'pagedresultlist' } },
  )
}
