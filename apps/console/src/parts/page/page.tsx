import { Anchor, Breadcrumbs, Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { Link, useLocation } from 'react-router'
import { useAddress } from '../link.tsx'

export interface Crumb {
  readonly title: string
  /** From the root of the console. */
  readonly to: string
}

export interface PageProps {
  /** The heading, and the title of the window. */
  readonly title: string
  readonly crumbs?: readonly Crumb[]
  /** Beside the heading: what can be done on this page. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page of an area: its title and way back, and the focus on its heading for who came by keyboard or screen reader. */
export function Page({ title, crumbs = [], actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { pathname, state } = useLocation()
  const address = useAddress()
  useEffect(() => {
    document.title = `${title} · Portreeve`
  }, [title])
  useEffect(() => {
    // The first page of a visit keeps the focus where browsers put it.
    if (pathname !== '' && state !== 'stay' && window.history.length > 1)
      heading.current?.focus({ preventScroll: true })
  }, [pathname, state])
  return (
    <Stack gap="md">
      {crumbs.length > 0 && (
        <Breadcrumbs component="nav" aria-label="Breadcrumbs">
          {crumbs.map((crumb) => (
            <Anchor key={crumb.to} component={Link} to={address(crumb.to)} size="sm">
              {crumb.title}
            </Anchor>
          ))}
          <Text size="sm" c="dimmed" truncate maw="16rem">
            {title}
          </Text>
        </Breadcrumbs>
      )}
      <Group justify="space-between" align="flex-start" gap="sm">
        <Title order={1} size="h2" ref={heading} tabIndex={-1} className="long-text">
          {title}
        </Title>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  )
}
