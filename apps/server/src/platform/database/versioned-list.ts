import type { ModelView } from '../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../kernel/page.ts'
import type { ListSource, PagedLists } from './paged-list.ts'
import { rowsAtHead, rowsAtRevision, type VersionRows } from './version-rows.ts'

/** A list over version rows whose scope is the one value `$1`. */
export interface VersionedSource<Row> extends Omit<ListSource<Row>, 'base'> {
  readonly rows: VersionRows
}

export type VersionedList<Row> = (
  view: Pick<ModelView, 'state' | 'version'>,
  scope: unknown,
  request: PageRequest,
) => Promise<Page<Row>>

/** Answers pages of the list in the state of the model that is asked for. */
export function versionedList<Row>(lists: PagedLists, { rows, ...source }: VersionedSource<Row>): VersionedList<Row> {
  const head: ListSource<Row> = { ...source, base: rowsAtHead(rows) }
  const past: ListSource<Row> = { ...source, name: `${source.name}-at`, base: rowsAtRevision(rows, '$2') }
  return ({ state, version }, scope, request) =>
    state === 'head'
      ? lists.page(head, { scope: [scope], request, version })
      : lists.page(past, { scope: [scope, state.revision], request, version })
}
