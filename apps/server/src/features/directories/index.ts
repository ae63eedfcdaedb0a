export type { AuthorityAccess, SecretSealer } from './authority-store.ts'
export { changeAuthority } from './change-authority.ts'
export { createAuthority } from './create-authority.ts'
export { deleteAuthority } from './delete-authority.ts'
export {
  type Directory,
  type DirectoryEntry,
  type DirectorySearch,
  type DirectorySession,
  directoryErrors,
} from './directory.ts'
export { toDirectoryUser } from './directory-user.ts'
export { type LdapAuthority, ldapAuthorityErrors, type OpenAuthority } from './ldap-authority.ts'
