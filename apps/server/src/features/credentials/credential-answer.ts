import { entryAnswer, personAnswer, toUnixSeconds } from '../data-sources/index.ts'
import { CREDENTIAL_KIND, type Credential } from './credential.ts'

/** Login credentials as the interface shows them (packages/contract, `LoginCredentialDto`). */
export function credentialAnswer(credential: Credential) {
  const { username, trusted, trustedHost, role, secretSet } = credential
  return {
    ...entryAnswer(CREDENTIAL_KIND, credential),
    username,
    trusted,
    trustedHost,
    role,
    ...(secretSet && { passwordSetAt: toUnixSeconds(secretSet.at), passwordSetBy: personAnswer(secretSet.by) }),
  }
}
