/** A record as it is shown. */
export interface ListedRecord {
  readonly id: number
  /** Null, like the hash, until it is sealed. */
  readonly seq: number | null
  readonly at: Date
  readonly organisation: number | null
  readonly actorId: string | null
  readonly actorName: string
  readonly via: string
  readonly action: string
  readonly objectType: string
  readonly objectId: string
  readonly details: Readonly<Record<string, unknown>> | null
  readonly requestId: string | null
  readonly taskId: string | null
  /** In hexadecimal. */
  readonly hash: string | null
}

/** Every field that is there must hold. */
export interface AuditFilter {
  readonly organisation?: number | undefined
  readonly actorId?: string | undefined
  readonly actorName?: string | undefined
  readonly objectType?: string | undefined
  readonly objectId?: string | undefined
  readonly action?: string | undefined
  /** What the action begins with. */
  readonly actionPrefix?: string | undefined
  readonly from?: Date | undefined
  /** Exclusive. */
  readonly to?: Date | undefined
  readonly requestId?: string | undefined
  readonly taskId?: string | undefined
}

export interface AuditList {
  /** Newest first, those after the record `before`. */
  list(
    filter: AuditFilter,
    page: { readonly before?: number | undefined; readonly limit: number },
  ): Promise<ListedRecord[]>
}
