import { Button, type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core'
import { Link } from 'react-router'
import { useChange, useSession } from '../parts/api.tsx'
import { useAddress } from '../parts/link.tsx'
import { basePath } from '../parts/page/page-facts.ts'

const SCHEMES: readonly (readonly [MantineColorScheme, string])[] = [
  ['light', 'Light'],
  ['dark', 'Dark'],
  ['auto', 'As the system has it'],
]

/** One's own account, how the console looks, and the way out. */
export function PersonMenu() {
  const { username } = useSession()
  const address = useAddress()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const signOut = useSignOut()
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" size="xs" maw={{ base: 110, sm: 220 }}>
          {username}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to={address('account')}>
          Your account
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Colours</Menu.Label>
        {SCHEMES.map(([scheme, label]) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={scheme === colorScheme}
            rightSection={scheme === colorScheme ? '✓' : undefined}
            onClick={() => setColorScheme(scheme)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => signOut.mutate()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function useSignOut() {
  return useChange({
    act: (client) => client.session.end(),
    outdates: [],
    // A page loaded anew: nothing that this person saw stays in its memory.
    onDone: () => window.location.assign(`${basePath()}/console/sign-in`),
  })
}
