import type { WrappedKey } from '../../kernel/key-service.ts'

/** A data key as it is stored. */
export interface StoredKey {
  readonly id: string
  /** What it was wrapped for. */
  readonly context: string
  readonly key: WrappedKey
}

export interface Rewrapping {
  readonly id: string
  readonly before: WrappedKey
  readonly after: WrappedKey
}

/** Where one kind of data key is stored. */
export interface WrappedKeyStore {
  /** Those that another master key than this wrapped, in the order of their ids, after the one given. */
  listStale(slice: {
    readonly currentKeyId: string
    readonly after: string | undefined
    readonly limit: number
  }): Promise<readonly StoredKey[]>

  /** Leaves alone what is not what it was any more; answers how many it replaced. */
  replaceAll(changes: readonly Rewrapping[]): Promise<number>

  /** One for each master key that wrapped any. */
  listSamples(): Promise<readonly StoredKey[]>

  countByKey(): Promise<readonly { readonly keyId: string; readonly count: number }[]>
}
