import type { PageRequest } from '@portreeve/client'
import type { Selection } from '../../parts/table/selection.ts'

interface Search {
  readonly search?: Readonly<Record<string, string>>
}

/** The ids of what is chosen; `list` walks all that match, seen or not. */
export async function idsOfChosen(
  selection: Selection,
  { search }: PageRequest,
  list: (options: Search) => AsyncIterable<{ readonly id: string }>,
): Promise<readonly string[]> {
  if (selection.kind === 'some') return [...selection.keys]
  return await Array.fromAsync(list({ ...(search && { search }) }), ({ id }) => id)
}
