import { hash, randomBytes } from 'node:crypto'

/** Makes secrets nobody can guess and the hashes they are stored as. */
export const secretToken = {
  /** 32 random bytes, base64url, after `prefix` (which lets secret scanners recognise a leaked one). */
  next(prefix = ''): string {
    return prefix + randomBytes(32).toString('base64url')
  },

  bytes(count: number): Uint8Array {
    return randomBytes(count)
  },

  /** SHA-256: a slow hash protects weak secrets only, and these have 256 bits. */
  digest(token: string): Uint8Array {
    return hash('sha256', token, 'buffer')
  },
}
