import { Button, Group, List, Popover, ScrollArea, Text } from '@mantine/core'
import type { AccessChange } from '@portreeve/client'

const AUDIENCES: Readonly<Record<Exclude<AccessChange['audience'], 'user'>, string>> = {
  authenticated: 'Everybody signed in whom no rule names',
  everyone: 'Everybody, signed in or not',
}
const NAMES_SHOWN = 2

/** Whom an entry of a report is about: a few by name, the others on demand. */
export function PeopleCell({ audience, users, usernames }: Pick<AccessChange, 'audience' | 'users' | 'usernames'>) {
  if (audience !== 'user') return <>{AUDIENCES[audience]}</>
  const first = usernames.slice(0, NAMES_SHOWN).join(', ')
  if (users <= NAMES_SHOWN) return <>{first}</>
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
                <List.Item key={name}>{name}</List.Item>
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
