import type { UseCount } from '../secret-use/use-rate.ts'

/** Who tried login credentials, as long as it counts. */
export interface ConnectionTestStore {
  /**
   * Lets one request of the user at a time count and add, until the end of the transaction; answers how many they have made
   * since, and forgets those before.
   */
  countSince(userId: string, since: Date): Promise<UseCount>
  add(userId: string, at: Date): Promise<void>
}
