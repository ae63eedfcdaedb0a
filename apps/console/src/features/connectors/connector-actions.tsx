import type { Connector, PortreeveClient } from '@portreeve/client'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { ACT_TEXTS } from './act-texts.ts'
import { type Act, possibleActs } from './connector-acts.ts'

interface ConnectorActionsProps {
  readonly connector: Connector
  onDeleted(): void
}

/** What an admin can do to a device in the state it is in. */
export function ConnectorActions({ connector, onDeleted }: ConnectorActionsProps) {
  const { connector_id: id, device_name: name, username, connector_state: state } = connector
  return possibleActs(state).map((act) => {
    const { verb, effect, done } = ACT_TEXTS[act]
    return (
      <ConfirmAction
        key={act}
        label={`${verb}…`}
        title={`${verb} ${name} of ${username}?`}
        effect={effect.one}
        confirm={verb}
        isDangerous={act !== 'Enabled'}
        {...(act === 'Wipe' && { typed: name })}
        outdates={[['connectors'], ['overview']]}
        done={`${name} of ${username} ${done.one}.`}
        act={(client) => perform(client, id, act)}
        {...(act === 'delete' && { onDone: onDeleted })}
      />
    )
  })
}

async function perform({ connectors }: PortreeveClient, id: number, act: Act): Promise<void> {
  if (act === 'delete') await connectors.delete(id)
  else await connectors.changeState(id, act)
}
