import { PortreeveError } from '@portreeve/client'
import type { DataFolder } from './data-folder.ts'

export type ErasableFolder = Pick<DataFolder, 'beginErasing' | 'erasePersonalData' | 'eraseConnector'>

/**
 * Erases a data folder and has the server told, in an order in which it may be cut short anywhere and done again: never is
 * anything confirmed that is not erased, and never is the secret gone before it is confirmed.
 */
export async function wipe(folder: ErasableFolder, confirm: () => Promise<void>): Promise<void> {
  await folder.beginErasing()
  await folder.erasePersonalData()
  await confirm().catch(ignoreNothingToTell)
  await folder.eraseConnector()
}

/** The connector was deleted, or the server knows of no order, as after a restored backup. */
const NOTHING_TO_TELL = ['connector.not_known', 'connector.no_wipe_ordered']

function ignoreNothingToTell(error: unknown): void {
  if (!(error instanceof PortreeveError && NOTHING_TO_TELL.includes(error.code))) throw error
}
