import type { ClientStanding } from './gate.ts'

export interface ClientStandingStore {
  /** One lookup by primary keys, nothing cached; undefined when there is no such client. */
  findStanding(organisation: number, clientId: string): Promise<ClientStanding | undefined>
}
