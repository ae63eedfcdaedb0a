import type { UserId } from '../../kernel/ids.ts'
import type { ModelPosition } from '../../kernel/model-state.ts'
import type { PermissionFlag, Principal } from '../../kernel/principal.ts'
import type { SignedInUser } from './signed-in-user.ts'

export interface SignedInUserRow extends ModelPosition {
  readonly id: UserId
  readonly username: string
  readonly enabled: boolean
  readonly role: Principal['role']
  readonly flags: readonly PermissionFlag[]
  readonly organisation_id: number
  readonly organisation_enabled: boolean
  readonly named_enabled: boolean | null
  readonly created_at: Date
  readonly expires_at: Date | null
  readonly last_used_at: Date | null
}

/** The lookup by `credential.token_hash = $1`, of the organisation `$2` too; `lastUse` is the column of the last use. */
export function signedInUserQuery(credential: 'session' | 'access_token', lastUse: string): string {
  return `
    select u.id, u.username, u.enabled, u.role, u.flags, u.organisation_id, home.enabled as organisation_enabled,
           named.enabled as named_enabled, c.created_at, c.expires_at, c.${lastUse} as last_used_at,
           model.head, model.enforced, model.lineage
    from ${credential} c
    join app_user u on u.id = c.user_id
    join organisation home on home.id = u.organisation_id
    left join organisation named on named.id = $2::int
    join organisation_model model on model.organisation_id = coalesce(named.id, home.id)
    where c.token_hash = $1`
}

export function toSignedInUser(row: SignedInUserRow): SignedInUser {
  return {
    userId: row.id,
    username: row.username,
    enabled: row.enabled,
    role: row.role,
    flags: new Set(row.flags),
    organisation: row.organisation_id,
    organisationEnabled: row.organisation_enabled,
    namedOrganisationEnabled: row.named_enabled ?? undefined,
    position: { head: row.head, enforced: row.enforced, lineage: row.lineage },
    createdAt: row.created_at,
    expiresAt: row.expires_at ?? undefined,
    lastUsedAt: row.last_used_at ?? undefined,
  }
}
