import { TagsInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { PortreeveClient } from '@portreeve/client'
import type { QueryKey } from '@tanstack/react-query'
import { useState } from 'react'
import { useResource } from '../api.tsx'
import { useField } from './form.tsx'

export interface FoundNamesFieldProps {
  readonly name: string
  readonly label: string
  readonly description?: string
  readonly queryKey: QueryKey
  /** False where the caller may not search: names are typed whole then. */
  readonly isSearchable?: boolean
  /** The first of the names that have the text in them. */
  find(client: PortreeveClient, text: string, signal: AbortSignal): Promise<readonly string[]>
}

const SEARCH_AFTER_MS = 250

/** Any number of names, typed, or chosen from what the server finds. */
export function FoundNamesField(props: FoundNamesFieldProps) {
  const { name, label, description, queryKey, isSearchable = true, find } = props
  const { value, error, set } = useField<readonly string[]>(name)
  const [text, setText] = useState('')
  const [sought] = useDebouncedValue(text.trim(), SEARCH_AFTER_MS)
  const found = useResource([...queryKey, 'names', sought], (client, signal) => find(client, sought, signal), {
    enabled: isSearchable && sought !== '',
    keepsPrevious: true,
  })
  return (
    <TagsInput
      {...{ name, label, description, error }}
      value={[...value]}
      data={[...new Set(found.data)]}
      splitChars={[]}
      searchValue={text}
      onSearchChange={setText}
      onChange={set}
      acceptValueOnBlur
    />
  )
}
