import { NavLink, ScrollArea, Text } from '@mantine/core'
import { Link, useLocation } from 'react-router'
import { useSession } from '../parts/api.tsx'
import { useAddress } from '../parts/link.tsx'
import { AREAS } from './areas.ts'

/** The areas that who is signed in may open, by group. */
export function Navigation() {
  const session = useSession()
  const { pathname } = useLocation()
  const address = useAddress()
  const groups = Map.groupBy(
    AREAS.filter((area) => area.mayOpen(session)),
    ({ group }) => group,
  )
  const current = pathname.split('/')[1] ?? ''
  return (
    <ScrollArea type="auto" component="nav" aria-label="Areas">
      {[...groups].map(([group, areas]) => (
        <section key={group} aria-label={group}>
          <Text size="xs" c="dimmed" fw={600} px="sm" pt="sm" pb={4} aria-hidden>
            {group}
          </Text>
          {areas.map(({ path, title }) => (
            <NavLink
              key={path}
              component={Link}
              to={address(path)}
              label={title}
              py={3}
              active={path === current}
              aria-current={path === current ? 'page' : undefined}
            />
          ))}
        </section>
      ))}
    </ScrollArea>
  )
}
