import { useState } from 'react'

/** Which entries of a list are chosen: some by their keys, or all that match, seen or not. */
export type Selection =
  | { readonly kind: 'some'; readonly keys: ReadonlySet<string> }
  | { readonly kind: 'all'; readonly total: number }

export const NOTHING_CHOSEN: Selection = { kind: 'some', keys: new Set() }

export function countOf(selection: Selection): number {
  return selection.kind === 'all' ? selection.total : selection.keys.size
}

export function isChosen(selection: Selection, key: string): boolean {
  return selection.kind === 'all' || selection.keys.has(key)
}

/** With these keys, all of them on the page shown, chosen or not. */
export function choose(selection: Selection, keys: readonly string[], chosen: boolean): Selection {
  const before = selection.kind === 'some' ? selection.keys : new Set(keys)
  const after = chosen ? before.union(new Set(keys)) : before.difference(new Set(keys))
  return { kind: 'some', keys: after }
}

/** `scope` is what the choice was made in: another search or filter begins anew. */
export function useSelection(scope: string) {
  const [chosen, setChosen] = useState({ scope, selection: NOTHING_CHOSEN })
  const selection = chosen.scope === scope ? chosen.selection : NOTHING_CHOSEN
  return {
    selection,
    select: (next: Selection) => setChosen({ scope, selection: next }),
    clear: () => setChosen({ scope, selection: NOTHING_CHOSEN }),
  }
}
