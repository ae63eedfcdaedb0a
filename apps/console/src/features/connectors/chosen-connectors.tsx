import type { ConnectorSelection, PageRequest } from '@portreeve/client'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { counted } from '../../parts/counted.ts'
import { useGo } from '../../parts/link.tsx'
import { countOf, type Selection } from '../../parts/table/selection.ts'
import { ACT_TEXTS } from './act-texts.ts'
import { type Act, toConnectorAct } from './connector-acts.ts'
import { toConnectorFilter } from './connector-filter.ts'

const ACTS: readonly Act[] = ['Enabled', 'Disabled', 'Wipe', 'delete']

interface ChosenConnectorsProps {
  readonly selection: Selection
  readonly request: PageRequest
}

/** What can be done with many devices at once: the server does it as a job, whose progress has a page of its own. */
export function ChosenConnectors({ selection, request }: ChosenConnectorsProps) {
  const go = useGo()
  const count = countOf(selection).toLocaleString('en')
  return ACTS.map((act) => {
    const { verb, effect } = ACT_TEXTS[act]
    return (
      <ConfirmAction
        key={act}
        label={`${verb}…`}
        title={`${verb} ${counted(countOf(selection), 'device')}?`}
        effect={effect.many}
        confirm={`${verb} ${count}`}
        isDangerous={act !== 'Enabled'}
        {...(act === 'Wipe' && { typed: `wipe ${count}` })}
        button={{ size: 'compact-sm' }}
        outdates={[]}
        act={(client) => client.connectors.changeMany(toSelection(selection, request), toConnectorAct(act))}
        onDone={({ bulk_id: id }) => go(`connectors/changes/${id}`)}
      />
    )
  })
}

function toSelection(selection: Selection, { filter }: PageRequest): ConnectorSelection {
  if (selection.kind === 'some') return { connector_ids: [...selection.keys].map(Number) }
  return { filter: toConnectorFilter(filter, new Date()) }
}
