import type { WrappedKey } from '../../kernel/key-service.ts'

export interface StoredSealingKey {
  readonly id: string
  readonly isCurrent: boolean
  readonly key: WrappedKey
}

export interface SealingKeyStore {
  /** The current one first. Of two that begin at once the second waits for the first. */
  listForStart(): Promise<readonly StoredSealingKey[]>
  addAll(keys: readonly StoredSealingKey[]): Promise<void>
  /** The ids of the keys of all that was sealed before sealing keys were stored. */
  listFormerIds(): Promise<readonly string[]>
}
