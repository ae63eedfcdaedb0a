export interface SetupCodeStore {
  add(codeHash: Uint8Array, expiresAt: Date): Promise<void>

  /** Whether the code exists and has not expired at `now`. */
  isGood(codeHash: Uint8Array, now: Date): Promise<boolean>

  /** All of them: set-up is done. */
  removeAll(): Promise<void>

  /** Drops what expired before `before`. */
  forget(before: Date): Promise<void>
}
