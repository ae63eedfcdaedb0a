/** A data key, encrypted by another one. Worth nothing to who lacks that other key. */
export interface WrappedKey {
  /** Which key it opens with. */
  readonly keyId: string
  /** Text that means something to its key service alone. */
  readonly wrapped: string
}

/**
 * Where master keys are: nobody else sees them. It encrypts (wraps) the data keys that encrypt secrets, each for one record:
 * `context` names it, and no other opens what was wrapped for it.
 */
export interface KeyService {
  /** True for the ids of its own keys, whether or not it has them still. */
  owns(keyId: string): boolean
  /** The key that wraps from now on. */
  currentKeyId(): Promise<string>
  /** Has a new key wrap from now on, where that is its to decide; answers the id of the key that does. */
  renew(): Promise<string>
  wrap(key: Uint8Array, context: string): Promise<WrappedKey>
  /** Throws `master_key.*` or `key_command.failed` when the key is not at hand or is not the right one. */
  unwrap(key: WrappedKey, context: string): Promise<Uint8Array>
}
