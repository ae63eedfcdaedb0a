import type { ModelView } from '../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../kernel/page.ts'
import type { ListSource, PagedLists } from './paged-list.ts'
import { holdsAtHead, holdsAtRevision, rowsAtHead, rowsAtRevision, type VersionRows } from './version-rows.ts'

/** A list over version rows whose scope is the one value `$1`. */
export interface VersionedSource<Row> extends Omit<ListSource<Row>, 'base' | 'join'> {
  readonly rows: VersionRows
  /** As `join` of a `ListSource`; `holds(alias)` is the condition that a joined version row is one of the state. */
  readonly join?: string | ((holds: (alias: string) => string) => string)
}

export type VersionedList<Row> = (
  view: Pick<ModelView, 'state' | 'version'>,
  scope: unknown,
  request: PageRequest,
) => Promise<Page<Row>>

/** Answers pages of the list in the state of the model that is asked for. */
export function versionedList<Row>(
  lists: PagedLists,
  { rows, join, ...source }: VersionedSource<Row>,
): VersionedList<Row> {
  const joined = (holds: (alias: string) => string) => {
    const made = typeof join === 'function' ? join(holds) : join
    return made === undefined ? {} : { join: made }
  }
  const head: ListSource<Row> = { ...source, ...joined(holdsAtHead), base: rowsAtHead(rows) }
  const past: ListSource<Row> = {
    ...source,
    ...joined((alias) => holdsAtRevision(alias, '$2')),
    name: `${source.name}-at`,
    base: rowsAtRevision(rows, '$2'),
  }
  return ({ state, version }, scope, request) =>
    state === 'head'
      ? lists.page(head, { scope: [scope], request, version })
      : lists.page(past, { scope: [scope, state.revision], request, version })
}
