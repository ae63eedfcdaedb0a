import type { Adapter } from 'oidc-provider'
import { isSpent } from '../registration/registration-token.ts'
import type { RegistrationTokenStore } from '../registration/registration-token-store.ts'

export interface RegistrationTokenAdapterDeps {
  readonly registrationTokens: Pick<RegistrationTokenStore, 'find'>
  digest(secret: string): Uint8Array
}

type Rest = Pick<Adapter, 'findByUid' | 'findByUserCode' | 'consume' | 'revokeByGrantId'>

/** Initial access tokens, which superadmins issue and revoke; one that is used up is not found. */
export function registrationTokenAdapter(
  { registrationTokens, digest }: RegistrationTokenAdapterDeps,
  rest: Rest,
): Adapter {
  return {
    ...rest,
    async find(id) {
      const token = await registrationTokens.find(digest(id))
      if (!token || isSpent(token)) return undefined
      return { jti: id, kind: 'InitialAccessToken', iat: toSeconds(token.createdAt), exp: toSeconds(token.expiresAt) }
    },
    upsert: () => Promise.reject(new Error('Registration tokens are issued by superadmins.')),
    destroy: () => Promise.reject(new Error('Registration tokens are revoked by superadmins.')),
  }
}

function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}
