import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import type { LdapAuthority, TestConnectionResult } from '@portreeve/client'
import { type SyntheticEvent, useState } from 'react'
import { useChange } from '../../parts/api.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { problemsOf } from '../../parts/error-text.ts'
import { FoundUsers } from './found-users.tsx'

/** Tries a stored LDAP authority with its stored password, and shows some of the people whom a filter finds. */
export function TestStored({ authority: { id, url } }: { readonly authority: LdapAuthority }) {
  const [filter, setFilter] = useState('')
  const test = useChange<string, TestConnectionResult>({
    act: (client, sought) => client.ldapAuthorities.test(id, sought === '' ? {} : { filter: sought }),
    outdates: [],
  })
  const { byField, rest } = problemsOf(test.error, ['filter'])
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    test.mutate(filter.trim())
  }
  return (
    <Stack>
      <form onSubmit={submit}>
        <Stack maw="36rem">
          <Text size="sm" className="long-text">
            Connects to {url}, binds with the stored password, and reads all people to the end. Nothing is changed.
          </Text>
          <TextInput
            label="Filter"
            description="Shows those alone who match it, such as (uid=a*). Empty: all."
            value={filter}
            error={byField['filter']}
            autoComplete="off"
            onChange={(event) => setFilter(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit" loading={test.isPending}>
              Test the connection
            </Button>
          </Group>
        </Stack>
      </form>
      {rest !== undefined && <ErrorNotice error={test.error} />}
      {test.data && <FoundUsers result={test.data} />}
    </Stack>
  )
}
