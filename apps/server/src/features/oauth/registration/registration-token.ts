import type { Id } from '../../../kernel/ids.ts'

export type RegistrationTokenId = Id<'RegistrationToken'>

/** An initial access token (RFC 7591, 3), with which apps register themselves. */
export interface RegistrationToken {
  readonly id: RegistrationTokenId
  /** How many apps have registered with it. */
  readonly uses: number
  /** How many may; undefined: as many as come before it expires. */
  readonly mostUses: number | undefined
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** As superadmins see it. */
export interface ListedRegistrationToken extends RegistrationToken {
  /** The username; undefined once there is no such user. */
  readonly createdBy: string | undefined
}

export function isSpent({ uses, mostUses }: Pick<RegistrationToken, 'uses' | 'mostUses'>): boolean {
  return mostUses !== undefined && uses >= mostUses
}
