import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { PageRequest, PortreeveClient } from '@portreeve/client'
import type { QueryKey } from '@tanstack/react-query'
import { useState } from 'react'
import { useResource } from '../api.tsx'
import { ErrorNotice } from '../error-notice.tsx'
import { useField } from './form.tsx'

export interface Option {
  readonly value: string
  readonly label: string
}

export interface FoundSelectFieldProps {
  readonly name: string
  readonly label: string
  readonly description?: string
  readonly queryKey: QueryKey
  /** What the server searches in. */
  readonly searchIn: string
  load(client: PortreeveClient, request: PageRequest): Promise<readonly Option[]>
}

const SEARCH_AFTER_MS = 250
const MOST_OPTIONS = 50

/** One of many, found by typing: the server searches, and the first of what it finds can be chosen. */
export function FoundSelectField(props: FoundSelectFieldProps) {
  const { name, label, description, queryKey, searchIn, load } = props
  const { value, error, set } = useField<string>(name)
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<Option>()
  // What was chosen stands in the input: it is not searched for.
  const [sought] = useDebouncedValue(text === chosen?.label ? '' : text.trim(), SEARCH_AFTER_MS)
  const request = { page: 1, pageSize: MOST_OPTIONS, ...(sought !== '' && { search: { [searchIn]: sought } }) }
  const found = useResource(
    [...queryKey, 'options', sought],
    (client, signal) => load(client, { ...request, signal }),
    { keepsPrevious: true },
  )
  const options = found.data ?? []
  const isListed = chosen === undefined || options.some((option) => option.value === chosen.value)
  return (
    <>
      <Select
        {...{ name, label, description, error }}
        required
        searchable
        data={isListed ? [...options] : [chosen, ...options]}
        value={value === '' ? null : value}
        searchValue={text}
        onSearchChange={setText}
        nothingFoundMessage={found.isFetching ? 'Searching…' : 'Nothing has that in its name.'}
        onChange={(next) => {
          setChosen(options.find((option) => option.value === next))
          set(next ?? '')
        }}
      />
      <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />
    </>
  )
}
