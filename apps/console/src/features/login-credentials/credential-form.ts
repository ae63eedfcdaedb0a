import type { LoginCredential, LoginCredentialChange, NewLoginCredential } from '@portreeve/client'
import { changedValues } from '../../parts/conflicts/changed-values.ts'
import { type EntryTexts, NO_TEXTS, textsOf } from '../../parts/entries/entry-texts.ts'

/** Login credentials as they are edited. The password is never known here, and has a form of its own once it is set. */
export type CredentialForm = EntryTexts & {
  readonly name: string
  readonly username: string
  readonly trusted: boolean
  readonly trustedHost: string
  readonly role: string
}

const NO_CREDENTIAL: CredentialForm = {
  ...NO_TEXTS,
  name: '',
  username: '',
  trusted: false,
  trustedHost: '',
  role: '',
}

export type NewCredentialForm = CredentialForm & { readonly password: string }

export const NEW_CREDENTIAL: NewCredentialForm = { ...NO_CREDENTIAL, password: '' }

export function toForm(credential: LoginCredential): CredentialForm {
  const { name, username, trusted, trustedHost, role } = credential
  return { ...textsOf(credential), name, username, trusted, trustedHost, role }
}

/** What new ones are made of: what was left empty is left out. */
export function toNew({ password, ...form }: NewCredentialForm): NewLoginCredential {
  return { ...toChange(NO_CREDENTIAL, form), name: form.name, ...(password !== '' && { password }) }
}

/** What differs from before. */
export function toChange(before: CredentialForm, after: CredentialForm): Omit<LoginCredentialChange, 'password'> {
  return changedValues(before, after)
}
