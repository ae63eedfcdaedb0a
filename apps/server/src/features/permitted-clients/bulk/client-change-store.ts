import type { ItemSlice } from '../../bulk-jobs/index.ts'

/** What can be done with a client for all companies at once (the seed's three bulk processes). */
export const CLIENT_ACTS = ['add', 'permit', 'remove'] as const

export type ClientAct = (typeof CLIENT_ACTS)[number]

/** A client application at many companies. */
export interface ClientChangeStore {
  /** Keeps the client from being deleted until the end of the transaction; false when there is none. */
  holdClient(clientId: string): Promise<boolean>

  countCompanies(): Promise<number>

  /** Waits for companies that are being made: none with a lower id appears later. New ones wait for the transaction. */
  listCompanies(slice: ItemSlice): Promise<readonly number[]>

  /** Does it at these companies, in one statement; answers those where it changed something. */
  change(act: ClientAct, clientId: string, companies: readonly number[]): Promise<readonly number[]>

  /** Drops what users of these companies asked for and has come true. */
  removeRequests(clientId: string, companies: readonly number[]): Promise<void>

  /** At how many of these companies it would change something. */
  countChanges(act: ClientAct, clientId: string, companies: readonly number[]): Promise<number>
}
