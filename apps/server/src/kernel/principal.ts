import type { ModelPosition } from './model-state.ts'

/** What an admin may be allowed to do (spec: "One model, not four"). */
export const PERMISSION_FLAGS = [
  'allow_modify_users',
  'allow_view_users',
  'allow_modify_admins',
  'allow_modify_settings',
  'allow_view_settings',
  'allow_modify_teams',
  'allow_modify_clients',
  'allow_modify_datasources',
  'allow_view_audit',
] as const

export type PermissionFlag = (typeof PERMISSION_FLAGS)[number]

/** Who is calling, as every way of signing in yields it. */
export interface Principal {
  readonly userId: string
  readonly username: string
  readonly role: 'user' | 'admin' | 'superadmin'
  readonly flags: ReadonlySet<PermissionFlag>
  /** The organisation the caller belongs to. */
  readonly homeOrganisation: number
  /** The organisation acted on: the caller's own, unless a superadmin named another. */
  readonly organisation: number
  /** How the caller signed in, for the audit record. */
  readonly via: 'session' | 'token' | 'connector' | 'oauth' | 'system'
  /** The client application that acts for the caller, by its OAuth 2.0 id, where one does. */
  readonly client?: string
  /** The session the request came with; absent for access tokens. */
  readonly session?: CallersSession
  /** When the access token ends that the request came with; absent for sessions, and for tokens that never do. */
  readonly tokenExpiresAt?: Date
}

export interface CallersSession {
  readonly id: string
  /** When its owner last proved who they are, with everything that signing in takes. */
  readonly authenticatedAt: Date
}

/** The server itself, acting for an organisation on a schedule: nobody's id (RFC 9562, 5.9), every flag. */
export function systemPrincipal(organisation: number): Principal {
  return {
    userId: '00000000-0000-0000-0000-000000000000',
    username: 'portreeve',
    role: 'superadmin',
    flags: new Set(PERMISSION_FLAGS),
    homeOrganisation: organisation,
    organisation,
    via: 'system',
  }
}

/** What is known of whoever is signed in, all from one look. */
export interface SignedIn {
  readonly caller: Principal
  /** Where the model of the organisation acted on stood then: nearly every request goes on to ask. */
  readonly position: ModelPosition
}

/** What somebody may do at all. */
export type Rights = Pick<Principal, 'role' | 'flags'>

/** True when the caller holds the flag: plain users hold none, superadmins need theirs like any admin. */
export function holds(principal: Rights, flag: PermissionFlag): boolean {
  return principal.role !== 'user' && principal.flags.has(flag)
}
