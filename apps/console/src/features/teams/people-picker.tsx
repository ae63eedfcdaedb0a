import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Change, Page, PageRequest, PortreeveClient, User } from '@portreeve/client'
import type { QueryKey } from '@tanstack/react-query'
import { useChange } from '../../parts/api.tsx'
import { counted } from '../../parts/counted.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { ConsoleLink } from '../../parts/link.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import { countOf, type Selection } from '../../parts/table/selection.ts'
import type { Column } from '../../parts/table/table-columns.ts'
import { OUTDATED, useSaying } from './changing-teams.ts'
import { idsOfChosen } from './chosen-ids.ts'

export const PEOPLE_SEARCH = { username: 'Username', displayName: 'Name', email: 'Email' }
export const PEOPLE_COLUMNS: readonly Column<User>[] = [
  {
    id: 'username',
    header: 'Username',
    isSortable: true,
    cell: ({ id, username }) => <ConsoleLink to={`users/${id}`}>{username}</ConsoleLink>,
  },
  { id: 'displayName', header: 'Name', isSortable: true, visibleFrom: 'sm', cell: ({ displayName }) => displayName },
  { id: 'email', header: 'Email', isSortable: true, visibleFrom: 'md', cell: ({ email }) => email },
]

export interface PeoplePickerProps {
  /** What they are added to: `Harbour`. */
  readonly to: string
  readonly queryKey: QueryKey
  /** Those who can be added: a page, and all that match. */
  load(client: PortreeveClient, request: PageRequest): Promise<Page<User>>
  list(client: PortreeveClient, options: { readonly search?: Readonly<Record<string, string>> }): AsyncIterable<User>
  add(client: PortreeveClient, ids: readonly string[]): Promise<Change>
}

interface Chosen {
  readonly selection: Selection
  readonly request: PageRequest
}

/** Adds people who are searched for. */
export function PeoplePicker(props: PeoplePickerProps) {
  const [isOpen, { open, close }] = useDisclosure()
  return (
    <>
      <Button onClick={open}>Add members…</Button>
      <Modal opened={isOpen} onClose={close} title={`Add members to ${props.to}`} size="xl">
        <Candidates {...props} close={close} />
      </Modal>
    </>
  )
}

function Candidates({ to, queryKey, load, list, add, close }: PeoplePickerProps & { close(): void }) {
  const saying = useSaying()
  const change = useChange<Chosen, Change>({
    act: async (client, { selection, request }) =>
      add(client, await idsOfChosen(selection, request, (options) => list(client, options))),
    outdates: OUTDATED,
    done: (_change, { selection }) => saying(`${counted(countOf(selection), 'user is', 'users are')} added to ${to}.`),
    onDone: close,
  })
  return (
    <>
      <ErrorNotice error={change.error} />
      <DataTable<User>
        label="users"
        prefix="add-"
        queryKey={queryKey}
        load={load}
        columns={PEOPLE_COLUMNS}
        keyOf={({ id }) => id}
        nameOf={({ username }) => username}
        sort="username"
        search={PEOPLE_SEARCH}
        empty={{ title: 'There is nobody left to add.' }}
        actions={(selection, { request }) => (
          <Button size="compact-sm" loading={change.isPending} onClick={() => change.mutate({ selection, request })}>
            Add {countOf(selection).toLocaleString('en')}
          </Button>
        )}
      />
    </>
  )
}
