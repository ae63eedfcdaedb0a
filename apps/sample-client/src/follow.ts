import { type ConnectorStatus, type OwnConnector, PortreeveError } from '@portreeve/client'
import type { DataFolder, PersonalData } from './data-folder.ts'
import { type PersistDeps, persist } from './persist.ts'
import { describeSituation, situationOf } from './situation.ts'
import { type ErasableFolder, wipe } from './wipe.ts'

export interface FollowDeps extends ObeyWipeDeps {
  readonly connectorId: number
  readonly connector: Pick<OwnConnector, 'getStatus' | 'confirmWipe'>
  readonly folder: ErasableFolder & Pick<DataFolder, 'readPersonalData' | 'saveSituation'>
  monotonicMs(): number
}

const WAIT_S = 60
/** An answer that tells nothing new should have taken longer: somebody in between does not let us wait. */
const TOO_SOON_MS = 1_000

/** Shows what happens to a connector, and obeys, until it is wiped or gone. */
export async function follow(deps: FollowDeps): Promise<'wipe' | 'gone'> {
  const { connectorId, folder, say } = deps
  let known: ConnectorStatus | undefined
  for (;;) {
    known = await nextStatus(deps, known)
    const situation = known ? situationOf(known) : 'gone'
    say(describeSituation(situation, connectorId))
    if (situation === 'wipe') {
      await obeyWipe(deps)
      return situation
    }
    await folder.saveSituation(situation)
    if (situation === 'gone') return situation
    if (situation === 'open') for (const line of describeData(await folder.readPersonalData())) say(line)
  }
}

export interface ObeyWipeDeps extends PersistDeps {
  readonly connector: Pick<OwnConnector, 'confirmWipe'>
  readonly folder: ErasableFolder
  say(line: string): void
}

export async function obeyWipe(deps: ObeyWipeDeps): Promise<void> {
  await wipe(deps.folder, () => persist(deps, () => deps.connector.confirmWipe()))
  deps.say('All that was kept here is erased, and the server knows.')
}

/** The first status, or the first that tells something new; undefined when the connector is gone. */
async function nextStatus(deps: FollowDeps, known: ConnectorStatus | undefined): Promise<ConnectorStatus | undefined> {
  for (;;) {
    const askedAtMs = deps.monotonicMs()
    const status = await askStatus(deps, known)
    if (!status || !known || isNews(known, status)) return status
    if (deps.monotonicMs() - askedAtMs < TOO_SOON_MS) await deps.pause(TOO_SOON_MS)
  }
}

async function askStatus(deps: FollowDeps, known: ConnectorStatus | undefined): Promise<ConnectorStatus | undefined> {
  const waiting = known && { waitS: WAIT_S, knownState: known.connector_state }
  try {
    return await persist(deps, () => deps.connector.getStatus(waiting))
  } catch (error) {
    if (isGone(error)) return undefined
    throw error
  }
}

function isNews(known: ConnectorStatus, status: ConnectorStatus): boolean {
  return known.connector_state !== status.connector_state || known.order !== status.order
}

export function isGone(error: unknown): boolean {
  return error instanceof PortreeveError && error.code === 'connector.not_known'
}

export function describeData({ notes, teams }: PersonalData): readonly string[] {
  return [
    notes.length === 0 ? 'No notes are kept here.' : `Notes (${notes.length}):`,
    ...notes.map((note) => `  ${note}`),
    ...(teams.length === 0 ? [] : [`Teams: ${teams.join(', ')}`]),
  ]
}
