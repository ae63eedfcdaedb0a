import { signInErrors } from './sign-in-errors.ts'

const SHORTEST = 8
const LONGEST = 256

/** The password as it is, if its length will do (NIST SP 800-63B-4, 3.1.1.2: length counts, composition rules do not). */
export function parseNewPassword(text: string): string {
  const length = [...text].length
  if (length < SHORTEST || length > LONGEST) throw signInErrors.bad_password(SHORTEST, LONGEST)
  return text
}

/** Argon2id or whatever else is slow on purpose. Both throw an AppError of kind `unavailable` when overrun. */
export interface PasswordHasher {
  hash(password: string): Promise<string>
  /** False, after as long a time, where there is no hash. */
  verify(passwordHash: string | undefined, password: string): Promise<boolean>
}
