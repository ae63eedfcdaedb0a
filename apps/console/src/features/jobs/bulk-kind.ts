import type { QueryKey } from '@tanstack/react-query'

/** What a job over many things works on. */
interface BulkKindText {
  readonly title: string
  /** What its items are. */
  readonly items: string
  /** Where each of them has a page. */
  readonly area?: string
  /** What reads the work makes old. */
  readonly outdates: readonly QueryKey[]
}

const KINDS: Readonly<Record<string, BulkKindText>> = {
  connectors: {
    title: 'Change of many devices',
    items: 'devices',
    area: 'connectors',
    outdates: [['connectors'], ['overview']],
  },
  users: {
    title: 'Change of many users',
    items: 'users',
    area: 'users',
    outdates: [['users'], ['connectors'], ['overview']],
  },
  permitted_clients: {
    title: 'Change of an app for all organisations',
    items: 'organisations',
    area: 'organisations',
    outdates: [['permitted-clients'], ['overview']],
  },
}

/** What is known of a kind of job; of one that is not known here, its name. */
export function bulkKindText(kind: string): BulkKindText {
  return KINDS[kind] ?? { title: kind, items: 'items', outdates: [['overview']] }
}
