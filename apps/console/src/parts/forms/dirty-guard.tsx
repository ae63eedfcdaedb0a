import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { createContext, type ReactNode, use, useEffect, useId, useMemo } from 'react'
import { useBlocker } from 'react-router'

const DirtyForms = createContext<Set<string>>(new Set())

/** Asks before unsaved changes are left behind, whichever form of the page has them. */
export function DirtyGuard({ children }: { readonly children: ReactNode }) {
  const dirty = useMemo(() => new Set<string>(), [])
  // A router has one blocker at a time, so it is here for all forms.
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    return dirty.size > 0 && currentLocation.pathname !== nextLocation.pathname
  })
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (dirty.size > 0) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [dirty])
  const stay = () => blocker.reset?.()
  return (
    <DirtyForms value={dirty}>
      {children}
      <Modal opened={blocker.state === 'blocked'} onClose={stay} title="Leave without saving?">
        <Stack>
          <Text size="sm">What you changed on this page is not saved.</Text>
          <Group justify="flex-end">
            <Button data-autofocus onClick={stay}>
              Stay
            </Button>
            <Button variant="default" c="red" onClick={() => blocker.proceed?.()}>
              Leave
            </Button>
          </Group>
        </Stack>
      </Modal>
    </DirtyForms>
  )
}

/** Guards one form while it is dirty; calling what it returns lets it go, as when it was just saved. */
export function useDirtyGuard(isDirty: boolean): () => void {
  const forms = use(DirtyForms)
  const id = useId()
  useEffect(() => {
    if (isDirty) forms.add(id)
    return () => {
      forms.delete(id)
    }
  }, [forms, id, isDirty])
  return () => forms.delete(id)
}
