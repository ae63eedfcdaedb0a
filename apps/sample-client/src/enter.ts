import { ClientApi, type OwnConnector } from '@portreeve/client'
import { ClientError } from './client-error.ts'
import { DataFolder, type KeptConnector } from './data-folder.ts'
import { isGone, obeyWipe } from './follow.ts'
import { isPassing } from './persist.ts'
import { describeSituation, type Situation, situationOf } from './situation.ts'
import { terminal } from './terminal.ts'
import { wipe } from './wipe.ts'

/** An installation that has a connector. */
export interface Installation {
  readonly folder: DataFolder
  readonly kept: KeptConnector
  readonly connector: OwnConnector
}

/** The installation of a folder. A wipe that was cut short is finished instead. @throws {ClientError} */
export async function openInstallation(path: string): Promise<Installation> {
  const folder = await DataFolder.open(path)
  if (await finishErasing(folder)) throw new ClientError('This installation is wiped. Register or log in anew.')
  const kept = await folder.getConnector()
  return { folder, kept, connector: new ClientApi(kept.url).connector(kept.secret) }
}

/** Finishes what was begun before a crash; false if there was nothing. */
export async function finishErasing(folder: DataFolder): Promise<boolean> {
  if (!(await folder.isErasing())) return false
  terminal.say(`Erasing ${folder.path} was begun before: finishing it.`)
  const kept = await folder.findConnector()
  if (kept) await obeyWipe({ ...terminal, folder, connector: new ClientApi(kept.url).connector(kept.secret) })
  else await wipe(folder, async () => undefined)
  return true
}

/**
 * How the connector stands, before anything that is kept here is touched; a wipe is obeyed. While the server is away, what
 * it said last holds. @throws {ClientError} when wiped
 */
export async function askSituation({ folder, kept, connector }: Installation): Promise<Situation> {
  const situation = await askServer(connector)
  if (situation === 'wipe') {
    terminal.say(describeSituation(situation, kept.id))
    await obeyWipe({ ...terminal, folder, connector })
    throw new ClientError('This installation is wiped. Register or log in anew.')
  }
  if (situation !== undefined) await folder.saveSituation(situation)
  return situation ?? (await folder.findSituation()) ?? 'pending'
}

/** Undefined while it does not answer. */
async function askServer(connector: OwnConnector): Promise<Situation | undefined> {
  try {
    return situationOf(await connector.getStatus())
  } catch (error) {
    if (isGone(error)) return 'gone'
    if (!isPassing(error)) throw error
    terminal.warn(`${error.message} Going by what it said last.`)
    return undefined
  }
}

/** An installation whose connector is enabled. @throws {ClientError} */
export async function openEnabled(path: string): Promise<Installation> {
  const installation = await openInstallation(path)
  const situation = await askSituation(installation)
  if (situation !== 'open') throw new ClientError(describeSituation(situation, installation.kept.id))
  return installation
}
