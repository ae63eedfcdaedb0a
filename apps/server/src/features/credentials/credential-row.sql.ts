import type { Credential } from './credential.ts'

export interface CredentialRow {
  readonly id: number
  readonly name: string
  readonly username: string
  readonly trusted: boolean
  readonly trusted_host: string
  readonly role: string
  readonly description: string
  readonly status: string
  readonly aliases: string
  readonly abbreviations: string
  readonly user_data: string
  readonly created_at: Date
  readonly modified_at: Date
  readonly secret_set_at: Date | null
  readonly secret_set_by: string | null
  readonly secret_set_by_name: string | null
}

/** Of login credentials as `base`; nothing of the secret. */
export const CREDENTIAL_COLUMNS = `base.id, base.name, base.username, base.trusted, base.trusted_host, base.role, base.description,
  base.status, base.aliases, base.abbreviations, base.user_data, base.created_at, base.modified_at, base.secret_set_at,
  base.secret_set_by, base.secret_set_by_name`

export function toCredential(row: CredentialRow): Credential {
  return {
    id: row.id,
    name: row.name,
    username: row.username,
    trusted: row.trusted,
    trustedHost: row.trusted_host,
    role: row.role,
    description: row.description,
    status: row.status,
    aliases: row.aliases,
    abbreviations: row.abbreviations,
    userData: row.user_data,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
    secretSet:
      row.secret_set_at === null
        ? undefined
        : { at: row.secret_set_at, by: { id: row.secret_set_by ?? '', name: row.secret_set_by_name ?? '' } },
  }
}
