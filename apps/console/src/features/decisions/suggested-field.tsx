import { Autocomplete } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { PageRequest, PortreeveClient } from '@portreeve/client'
import type { QueryKey } from '@tanstack/react-query'
import { useResource } from '../../parts/api.tsx'
import { useField } from '../../parts/forms/form.tsx'

export interface SuggestedFieldProps {
  readonly name: string
  readonly label: string
  readonly queryKey: QueryKey
  /** Names that contain the text. */
  load(client: PortreeveClient, request: PageRequest & { readonly text: string }): Promise<readonly string[]>
}

const SEARCH_AFTER_MS = 250
const MOST_SUGGESTED = 10

/** A name that can be typed, or chosen from those that the server finds. Who may not list them types it. */
export function SuggestedField({ name, label, queryKey, load }: SuggestedFieldProps) {
  const { value, error, set } = useField<string>(name)
  const [text] = useDebouncedValue(value.trim(), SEARCH_AFTER_MS)
  const found = useResource(
    [...queryKey, text],
    (client, signal) => load(client, { text, page: 1, pageSize: MOST_SUGGESTED, signal }),
    { enabled: text !== '', keepsPrevious: true },
  )
  return (
    <Autocomplete
      {...{ name, label, value, error }}
      data={text === '' ? [] : [...(found.data ?? [])]}
      // The server has chosen them.
      filter={({ options }) => options}
      autoComplete="off"
      spellCheck={false}
      onChange={set}
    />
  )
}
