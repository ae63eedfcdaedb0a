import { Button, Group, List, Popover, ScrollArea, Text } from '@mantine/core'
import type { AccessChange } from '@portreeve/client'
import { Fragment } from 'react'
import { ConsoleLink } from '../../parts/link.tsx'

const AUDIENCES: Readonly<Record<Exclude<AccessChange['audience'], 'user'>, string>> = {
  authenticated: 'Everybody signed in whom no rule names',
  everyone: 'Everybody, signed in or not',
}
const NAMES_SHOWN = 2

export interface PeopleCellProps extends Pick<AccessChange, 'audience' | 'users' | 'usernames'> {
  /** Where more is told of one of them here. */
  addressOf?(username: string): string
}

/** Whom an entry of a report is about: a few by name, the others on demand. */
export function PeopleCell({ audience, users, usernames, addressOf }: PeopleCellProps) {
  if (audience !== 'user') return <>{AUDIENCES[audience]}</>
  const first = <Names usernames={usernames.slice(0, NAMES_SHOWN)} {...(addressOf && { addressOf })} />
  if (users <= NAMES_SHOWN) return first
  return (
    <Group gap={6} wrap="nowrap">
      <Text inherit truncate>
        {first}
      </Text>
      <Popover position="bottom-start" withinPortal trapFocus>
        <Popover.Target>
          <Button
            size="compact-xs"
            variant="default"
            flex="none"
            aria-label={`All ${users.toLocaleString('en')} people`}
          >
            All {users.toLocaleString('en')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label="People">
          <ScrollArea.Autosize mah={240} viewportProps={{ tabIndex: 0 }}>
            <List size="sm" listStyleType="none">
              {usernames.map((name) => (
                <List.Item key={name}>
                  <Name username={name} {...(addressOf && { addressOf })} />
                </List.Item>
              ))}
            </List>
            {users > usernames.length && (
              <Text size="sm" c="dimmed">
                and {(users - usernames.length).toLocaleString('en')} more
              </Text>
            )}
          </ScrollArea.Autosize>
        </Popover.Dropdown>
      </Popover>
    </Group>
  )
}

type Linked = Pick<PeopleCellProps, 'addressOf'>

function Names({ usernames, ...linked }: Linked & Pick<PeopleCellProps, 'usernames'>) {
  return usernames.map((name, index) => (
    <Fragment key={name}>
      {index > 0 && ', '}
      <Name username={name} {...linked} />
    </Fragment>
  ))
}

function Name({ username, addressOf }: Linked & { readonly username: string }) {
  if (!addressOf) return username
  return (
    <ConsoleLink to={addressOf(username)} title={`What ${username} may do here, and why`}>
      {username}
    </ConsoleLink>
  )
}
