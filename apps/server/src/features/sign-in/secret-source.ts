/** Where session tokens, access tokens and codes come from, and how they are stored. */
export interface SecretSource {
  /** A new secret of 256 random bits, in URL-safe characters, after `prefix`. */
  next(prefix?: string): string
  /** So many random bytes. */
  bytes(count: number): Uint8Array
  /** What is stored instead of the secret. */
  digest(secret: string): Uint8Array
}
