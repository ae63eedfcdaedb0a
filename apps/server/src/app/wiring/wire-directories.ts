import { ldapDirectory } from '../../features/directories/directory.ldap.ts'
import type { AuthorityAccess, Directory, SecretSealer } from '../../features/directories/index.ts'
import { sqlAuthorityAccess } from '../../features/directories/ldap-authorities.sql.ts'
import type { DirectoryPasswords } from '../../features/sign-in/index.ts'
import type { Database } from '../../platform/database/database.ts'

export interface DirectoryResources {
  readonly database: Database
  readonly sealer: SecretSealer
}

/** What speaking to directories takes, for everything that does. */
export interface Directories {
  readonly directory: Directory
  readonly access: AuthorityAccess
  readonly sealer: SecretSealer
  readonly passwords: DirectoryPasswords
}

export function wireDirectories({ database, sealer }: DirectoryResources): Directories {
  const directory = ldapDirectory()
  const access = sqlAuthorityAccess(database, sealer)
  return {
    directory,
    access,
    sealer,
    passwords: {
      async verify({ organisation, authority: id, dn }, password) {
        const authority = await access.findWithoutSecret(organisation, id)
        return authority !== undefined && (await directory.authenticate(authority, dn, password))
      },
    },
  }
}
