import type { ConnectorFilter, PageRequest } from '@portreeve/client'

/** How long ago a device was used last, in days, for the filter of the table. */
export const UNUSED_FOR = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
]

const DAY_MS = 24 * 3600 * 1000

/** The filters of the table as the server takes them; `unused` is kept in days, so that an address stays true. */
export function toConnectorFilter(filter: PageRequest['filter'], now: Date): ConnectorFilter {
  const { unused, ...asItIs } = filter ?? {}
  const days = Number(unused)
  if (!Number.isSafeInteger(days) || days < 1) return asItIs
  return { ...asItIs, last_used_before: new Date(now.getTime() - days * DAY_MS).toISOString() }
}
