import { AppError, withCause } from '../../kernel/errors.ts'
import type { Account, DirectoryEntry } from './account.ts'
import type { PasswordHasher } from './password.ts'
import { signInErrors } from './sign-in-errors.ts'

/** Asks directories whether a password is right. */
export interface DirectoryPasswords {
  /**
   * True when the directory takes it for the entry; false for an empty one, which no directory is asked about. Throws an
   * AppError of kind `unavailable` when the directory cannot be asked.
   */
  verify(entry: DirectoryEntry, password: string): Promise<boolean>
}

export interface VerifyPasswordDeps {
  readonly passwords: Pick<PasswordHasher, 'verify'>
  readonly directoryPasswords: DirectoryPasswords
}

/** Whether it is the account's password: the local one, or without one that of its directory entry. */
export async function verifyPassword(
  { passwords, directoryPasswords }: VerifyPasswordDeps,
  account: Pick<Account, 'passwordHash' | 'directoryEntry'> | undefined,
  password: string,
): Promise<boolean> {
  if (!account?.directoryEntry) return await passwords.verify(account?.passwordHash, password)
  try {
    return await directoryPasswords.verify(account.directoryEntry, password)
  } catch (error) {
    const isUnavailable = error instanceof AppError && error.kind === 'unavailable'
    throw isUnavailable ? withCause(signInErrors.directory_unavailable(), error) : error
  }
}
