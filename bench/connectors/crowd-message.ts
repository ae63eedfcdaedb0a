/** Which clients, by the numbers of their connectors, and where they go. */
export interface Crowd {
  readonly port: number
  /** Their own address: each has some 28,000 ports. */
  readonly address: string
  readonly from: number
  readonly to: number
}

/** What a process of clients is told to do. */
export type CrowdOrder =
  /** Each holds a long poll, and another when it is answered, until it is told of an order. */
  | { readonly act: 'wait'; readonly crowd: Crowd }
  /** Each asks once, without waiting, over a connection of its own. */
  | { readonly act: 'check in'; readonly crowd: Crowd }
  /** Who waits goes away. */
  | { readonly act: 'leave' }

/** What it says. */
export type CrowdNews =
  | { readonly event: 'done' }
  /** A client was told of an order, at this time of the machine's clock. */
  | { readonly event: 'told'; readonly at: number }
  | { readonly event: 'failed'; readonly why: string }

/** What the client of a connector shows. */
export function secretOf(connector: number): string {
  return `bench-connector-${connector}`
}

/** The same as an SQL expression over the connector's number. */
export function secretSql(connector: string): string {
  return `'bench-connector-' || ${connector}`
}
