import { signInErrors } from './sign-in-errors.ts'

const EMAIL = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u

/** The address without surrounding space. Whether it exists only a mail to it can tell. */
export function parseEmail(text: string): string {
  const email = text.trim()
  if (email.length > 254 || !EMAIL.test(email)) throw signInErrors.bad_email()
  return email
}
