import { AppShell, Burger, Button, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useEffect } from 'react'
import { Outlet, useLocation } from 'react-router'
import { DirtyGuard } from '../parts/forms/dirty-guard.tsx'
import { ConsoleLink } from '../parts/link.tsx'
import { ProofProvider } from '../parts/proof.tsx'
import { CommandPalette, openPalette } from './command-palette.tsx'
import { Navigation } from './navigation.tsx'
import { OrganisationBadge } from './organisation-badge.tsx'
import { PersonMenu } from './person-menu.tsx'
import { SessionGate } from './session-gate.tsx'

/** What surrounds every page of who is signed in. */
export function Shell() {
  return (
    <SessionGate>
      <ProofProvider>
        <DirtyGuard>
          <Frame />
        </DirtyGuard>
      </ProofProvider>
    </SessionGate>
  )
}

function Frame() {
  const [isOpen, { toggle, close }] = useDisclosure()
  const { pathname } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes whenever another page is opened
  useEffect(close, [pathname])
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 230, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
          <Group gap="xs" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label="Navigation"
              aria-expanded={isOpen}
            />
            <ConsoleLink to="" fw={700} c="inherit" underline="never">
              Portreeve
            </ConsoleLink>
            <OrganisationBadge />
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Button variant="default" size="xs" onClick={openPalette} visibleFrom="xs" aria-keyshortcuts="Control+K">
              Go to …
              <Text span size="xs" c="dimmed" ml="xs">
                Ctrl K
              </Text>
            </Button>
            <PersonMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs">
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
      <CommandPalette />
    </AppShell>
  )
}
