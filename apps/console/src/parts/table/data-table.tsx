import { Paper, Stack } from '@mantine/core'
import type { Page, PageRequest, PortreeveClient } from '@portreeve/client'
import type { QueryKey } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useResource } from '../api.tsx'
import { ErrorNotice } from '../error-notice.tsx'
import { EmptyState, type EmptyStateProps } from '../page/empty-state.tsx'
import { countOf, type Selection, useSelection } from './selection.ts'
import { SelectionBar } from './selection-bar.tsx'
import { TableBody } from './table-body.tsx'
import type { Column, TableFilter } from './table-columns.ts'
import { TableControls } from './table-controls.tsx'
import { TablePages } from './table-pages.tsx'
import { toPageRequest } from './table-state.ts'
import { useTableState } from './use-table-state.ts'

export interface DataTableProps<T> {
  /** What it lists, in the plural: `users`. Names the table to screen readers and in its texts. */
  readonly label: string
  /** Begins with the area: `['users']`. */
  readonly queryKey: QueryKey
  load(client: PortreeveClient, request: PageRequest): Promise<Page<T>>
  readonly columns: readonly Column<T>[]
  keyOf(entry: T): string
  /** What an entry is called, for the names of its controls. */
  nameOf(entry: T): string
  /** Fields that can be searched, one at a time, by what the server calls them; the first is the usual one. */
  readonly search?: Readonly<Record<string, string>>
  readonly filters?: readonly TableFilter[]
  readonly sort?: string
  readonly descending?: boolean
  /** Where several tables are on one page. */
  readonly prefix?: string
  readonly empty: EmptyStateProps
  /** What can be done with chosen entries; entries can be chosen only where this is given. */
  actions?(selection: Selection, context: { readonly request: PageRequest; clear(): void }): ReactNode
  /** Asks again so often, for lists that change by themselves. */
  readonly everyMs?: number
}

const NO_SEARCH = {}

/** A list of the server: paged, sorted, searched and filtered there, so that it is as quick with 100,000 entries as with ten. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { label, queryKey, load, search = NO_SEARCH, filters = [], sort, descending, prefix, empty, actions } = props
  const names = { fields: Object.keys(search), filters: filters.map(({ name }) => name) }
  const table = useTableState({ prefix, sort, descending, ...names })
  const request = toPageRequest(table.state)
  const list = useResource([...queryKey, 'page', request], (client, signal) => load(client, { ...request, signal }), {
    keepsPrevious: true,
    everyMs: props.everyMs ?? false,
  })
  const { selection, select, clear } = useSelection(JSON.stringify([request.search, request.filter]))
  const total = list.data?.total ?? 0
  const isNarrowed = table.state.text !== '' || Object.keys(table.state.filters).length > 0
  const isEmpty = list.data !== undefined && total === 0
  return (
    <Stack gap="sm">
      <TableControls label={label} search={search} filters={filters} table={table} />
      {actions && countOf(selection) > 0 && (
        <SelectionBar {...{ label, selection, select, clear, total }}>
          {actions(selection, { request, clear })}
        </SelectionBar>
      )}
      <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
      <Paper withBorder>
        {isEmpty && !isNarrowed && <EmptyState {...empty} />}
        {isEmpty && isNarrowed && (
          <EmptyState title={`No ${label} match.`} hint="Search for something else, or take a filter away." />
        )}
        {!isEmpty && (
          <TableBody
            {...{ label, table, selection, select }}
            columns={props.columns}
            keyOf={props.keyOf}
            nameOf={props.nameOf}
            entries={list.data?.items}
            isBusy={list.isFetching}
            isSelectable={actions !== undefined}
          />
        )}
      </Paper>
      <TablePages label={label} table={table} total={list.data?.total} />
    </Stack>
  )
}
