import type { TableFilter } from '../table/table-columns.ts'

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789']

/** By what a name begins with, as the lists of data sources, groups and login credentials take it. */
export const FIRST_LETTER: TableFilter = {
  name: 'alphaFilter',
  label: 'Begins with',
  options: LETTERS.map((letter) => ({ value: letter, label: letter })),
}
