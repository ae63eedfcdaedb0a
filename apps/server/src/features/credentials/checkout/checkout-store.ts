import type { Page } from '../../../kernel/page.ts'
import type { Person } from '../../data-sources/index.ts'
import type { UseCount } from '../secret-use/use-rate.ts'

/** A secret that was handed to somebody. */
export interface Checkout {
  readonly organisation: number
  readonly credential: number
  readonly dataSource: number
  readonly by: Person
  readonly at: Date
  readonly reason: string | undefined
}

export interface CheckoutStore {
  /**
   * Lets one request of the user at a time count and add, until the end of the transaction; answers how many they have made
   * since, and when the first of those was.
   */
  countSince(userId: string, since: Date): Promise<UseCount>
  add(checkout: Checkout): Promise<void>
}

/** Use of login credentials at a data source they are linked to. */
export interface UseAtDataSource {
  readonly id: number
  readonly name: string
  readonly checkouts: number
  readonly lastAt: Date | null
}

export interface UsageSummary {
  readonly checkouts: number
  readonly users: number
  readonly last: Pick<Checkout, 'at' | 'by' | 'dataSource'> | undefined
}

export interface UsageReads {
  summarise(credential: number): Promise<UsageSummary>
  /** By name. */
  listDataSources(
    credential: number,
    slice: { readonly offset: number; readonly limit: number },
  ): Promise<Page<UseAtDataSource>>
}
