import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import type { TableFilter } from '../../parts/table/table-columns.ts'

const NAME = 'user_id'
const SEARCH_AFTER_MS = 250
const MOST_OPTIONS = 50

/** Whose devices: found by typing, since there can be more users than a list shows. */
export function useUserFilter(): TableFilter {
  const [text, setText] = useState('')
  const [parameters] = useSearchParams()
  const chosenId = parameters.get(NAME) ?? ''
  const chosen = useResource(['users', chosenId], (client) => client.users.get(chosenId), { enabled: chosenId !== '' })
  // What was chosen stands in the input: it is not searched for.
  const [sought] = useDebouncedValue(text === chosen.data?.username ? '' : text.trim(), SEARCH_AFTER_MS)
  const search = sought === '' ? {} : { search: { username: sought } }
  const found = useResource(
    ['users', 'options', sought],
    (client, signal) => client.users.page({ page: 1, pageSize: MOST_OPTIONS, sort: 'username', ...search, signal }),
    { keepsPrevious: true },
  )
  const listed = found.data?.items ?? []
  const users = chosen.data ? [chosen.data, ...listed.filter(({ id }) => id !== chosenId)] : listed
  return {
    name: NAME,
    label: 'User',
    options: users.map(({ id, username }) => ({ value: id, label: username })),
    onSearch: setText,
  }
}
