import type { ReactNode } from 'react'

export interface Column<T> {
  /** What the server sorts by, where `isSortable`; unique in the table. */
  readonly id: string
  readonly header: string
  readonly isSortable?: boolean
  /** Hidden where the window is narrower. */
  readonly visibleFrom?: 'xs' | 'sm' | 'md' | 'lg'
  cell(entry: T): ReactNode
}

export interface TableFilter {
  readonly name: string
  readonly label: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  /** Where there are too many to list: told what is typed, so that the options can be those that match. */
  onSearch?(text: string): void
}
