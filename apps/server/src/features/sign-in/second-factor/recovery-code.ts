import type { SecretSource } from '../secret-source.ts'
import { encodeBase32 } from './base32.ts'

const COUNT = 10
// 80 bits: too many to try, so a fast hash protects them (as with our tokens), and few enough to type.
const BYTES = 10

/** New codes as they are shown, once: `ABCD-EFGH-IJKL-MNOP`. */
export function newRecoveryCodes({ bytes }: Pick<SecretSource, 'bytes'>): readonly string[] {
  return Array.from({ length: COUNT }, () => (encodeBase32(bytes(BYTES)).match(/.{4}/g) ?? []).join('-'))
}

/** The code in its one spelling; case, spaces and hyphens do not count. Undefined when the text cannot be one. */
export function parseRecoveryCode(text: string): string | undefined {
  const code = text.replace(/[\s-]/g, '').toUpperCase()
  return /^[A-Z2-7]{16}$/.test(code) ? code : undefined
}

/** What is stored of shown codes. */
export function recoveryCodeHashes(codes: readonly string[], digest: SecretSource['digest']): readonly Uint8Array[] {
  return codes.map((code) => digest(parseRecoveryCode(code) ?? code))
}
