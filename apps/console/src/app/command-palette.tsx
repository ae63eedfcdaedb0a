import { Spotlight, type SpotlightActionData, spotlight } from '@mantine/spotlight'
import { useSession } from '../parts/api.tsx'
import { useGo } from '../parts/link.tsx'
import { AREAS } from './areas.ts'

export const openPalette = spotlight.open

/** Ctrl+K: every area and every command that who is signed in may use, by typing a part of its name. */
export function CommandPalette() {
  const session = useSession()
  const go = useGo()
  const actions = AREAS.filter((area) => area.mayOpen(session)).flatMap((area): SpotlightActionData[] => {
    const commands = (area.commands ?? []).filter(({ may }) => may?.(session) ?? true)
    return [
      { id: area.path || 'overview', label: area.title, description: area.group, onClick: () => go(area.path) },
      ...commands.map(({ title, to }) => ({ id: to, label: title, description: area.title, onClick: () => go(to) })),
    ]
  })
  return (
    <Spotlight
      actions={actions}
      shortcut={['mod + K']}
      nothingFound="No page or command has that in its name."
      searchProps={{ placeholder: 'Go to …', 'aria-label': 'Go to a page, or do something' }}
      highlightQuery
    />
  )
}
