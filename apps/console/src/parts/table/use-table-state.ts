import { useDebouncedCallback } from '@mantine/hooks'
import { useSearchParams } from 'react-router'
import { readTableState, type TableDefaults, type TableState, writeTableState } from './table-state.ts'

const SEARCH_AFTER_MS = 250

/** The state of a table, and what changes it. */
export function useTableState(defaults: TableDefaults) {
  const [parameters, setParameters] = useSearchParams()
  const state = readTableState(parameters, defaults)
  const change = (next: Partial<TableState>) =>
    setParameters((before) => writeTableState(before, { ...readTableState(before, defaults), ...next }, defaults), {
      replace: true,
      state: 'stay',
      preventScrollReset: true,
    })
  /** Whatever narrows or orders the list begins at its first page. */
  const narrow = (next: Partial<TableState>) => change({ ...next, page: 1 })
  const searchSoon = useDebouncedCallback((text: string) => narrow({ text }), SEARCH_AFTER_MS)
  return { state, change, narrow, searchSoon }
}

export type TableControl = ReturnType<typeof useTableState>
