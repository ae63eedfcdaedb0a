import { Badge, Text } from '@mantine/core'
import type { Connector } from '@portreeve/client'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { orderOf } from './connector-acts.ts'

type State = Connector['connector_state']

const COLORS: Readonly<Record<State, string>> = {
  Pending: 'yellow',
  Enabled: 'green',
  Disabled: 'gray',
  Wipe: 'red',
  Wiped: 'blue',
}

export const STATES = [
  { value: 'Enabled', label: 'Enabled' },
  { value: 'Pending', label: 'Pending' },
  { value: 'Disabled', label: 'Disabled' },
  { value: 'Wipe', label: 'To be wiped' },
  { value: 'Wiped', label: 'Wiped' },
] satisfies readonly { readonly value: State; readonly label: string }[]

export function ConnectorState({ state }: { readonly state: State }) {
  return (
    <Badge miw="max-content" variant="light" color={COLORS[state]}>
      {STATES.find(({ value }) => value === state)?.label}
    </Badge>
  )
}

/** What the device still has to do, or has done: apart from its state, since it comes to pass when the device asks. */
export function PendingOrder({ connector }: { readonly connector: Connector }) {
  const { connector_state: state, wipe_ordered_at: orderedAt, wipe_confirmed_at: confirmedAt } = connector
  const order = orderOf(state)
  if (order === 'wipe') {
    return (
      <>
        Wipe, ordered <RelativeTime at={orderedAt} />
      </>
    )
  }
  if (order === 'locked') return 'Stay locked'
  if (confirmedAt !== undefined) {
    return (
      <>
        Done <RelativeTime at={confirmedAt} />
      </>
    )
  }
  return (
    <Text span inherit c="dimmed">
      none
    </Text>
  )
}
