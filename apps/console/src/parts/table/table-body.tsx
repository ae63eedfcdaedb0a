import { Checkbox, Skeleton, Table, UnstyledButton } from '@mantine/core'
import { choose, isChosen, type Selection } from './selection.ts'
import type { Column } from './table-columns.ts'
import type { TableControl } from './use-table-state.ts'

interface TableBodyProps<T> {
  readonly label: string
  readonly columns: readonly Column<T>[]
  /** Undefined while they are being loaded for the first time. */
  readonly entries: readonly T[] | undefined
  keyOf(entry: T): string
  nameOf(entry: T): string
  readonly table: TableControl
  readonly isBusy: boolean
  readonly isSelectable: boolean
  readonly selection: Selection
  select(selection: Selection): void
}

const SKELETON_ROWS = [0, 1, 2, 3, 4, 5]

/** The entries of the page, in a part of the window that scrolls by itself. */
export function TableBody<T>(props: TableBodyProps<T>) {
  const { label, columns, entries, isBusy, isSelectable } = props
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by the arrow keys (WCAG 2.1.1)
    <section className="table-scroll" aria-label={`Table of ${label}`} tabIndex={0}>
      <Table className="data-table" highlightOnHover aria-busy={isBusy} aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {isSelectable && <SelectPageCell {...props} />}
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} table={props.table} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries?.map((entry) => (
            <EntryRow key={props.keyOf(entry)} {...props} entry={entry} />
          ))}
          {entries === undefined &&
            SKELETON_ROWS.map((row) => (
              <Table.Tr key={row}>
                <Table.Td colSpan={columns.length + (isSelectable ? 1 : 0)}>
                  <Skeleton height={18} />
                </Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}

function HeaderCell<T>({ column, table }: { readonly column: Column<T>; readonly table: TableBodyProps<T>['table'] }) {
  const { id, header, isSortable = false, visibleFrom } = column
  const { sort, descending } = table.state
  const isSorted = isSortable && sort === id
  const direction = descending ? 'descending' : 'ascending'
  return (
    <Table.Th {...(visibleFrom && { visibleFrom })} {...(isSorted && { 'aria-sort': direction })}>
      {isSortable ? (
        <UnstyledButton
          fw={700}
          fz="sm"
          onClick={() => table.narrow({ sort: id, descending: isSorted && !descending })}
        >
          {header}
          {isSorted && <span aria-hidden>{descending ? ' ↓' : ' ↑'}</span>}
        </UnstyledButton>
      ) : (
        header
      )}
    </Table.Th>
  )
}

function SelectPageCell<T>({ label, entries = [], keyOf, selection, select }: TableBodyProps<T>) {
  const keys = entries.map(keyOf)
  const chosen = keys.filter((key) => isChosen(selection, key)).length
  return (
    <Table.Th w={40}>
      <Checkbox
        aria-label={`Select all ${label} on this page`}
        checked={keys.length > 0 && chosen === keys.length}
        indeterminate={chosen > 0 && chosen < keys.length}
        onChange={(event) => select(choose(selection, keys, event.currentTarget.checked))}
      />
    </Table.Th>
  )
}

function EntryRow<T>(props: TableBodyProps<T> & { readonly entry: T }) {
  const { entry, entries = [], columns, keyOf, nameOf, isSelectable, selection, select } = props
  const key = keyOf(entry)
  const isRowChosen = isChosen(selection, key)
  const onChange = (chosen: boolean) => {
    // Taking one away from all that match leaves those of this page.
    const base = selection.kind === 'all' ? choose(selection, entries.map(keyOf), true) : selection
    select(choose(base, [key], chosen))
  }
  return (
    <Table.Tr aria-selected={isSelectable ? isRowChosen : undefined}>
      {isSelectable && (
        <Table.Td>
          <Checkbox
            aria-label={`Select ${nameOf(entry)}`}
            checked={isRowChosen}
            onChange={(event) => onChange(event.currentTarget.checked)}
          />
        </Table.Td>
      )}
      {columns.map(({ id, cell, visibleFrom }) => (
        <Table.Td key={id} className="table-cell" {...(visibleFrom && { visibleFrom })}>
          {cell(entry)}
        </Table.Td>
      ))}
    </Table.Tr>
  )
}
