import type { LdapAuthority, NewLdapAuthority } from '@portreeve/client'

/** What the form of a new one begins with: what the server takes for what is left out. */
export const NEW_AUTHORITY = {
  name: '',
  url: '',
  startTls: false,
  caCertificate: '',
  bindDn: '',
  bindPassword: '',
  userBase: '',
  userFilter: '(objectClass=person)',
  groupBase: '',
  usernameAttribute: 'uid',
  emailAttribute: 'mail',
  displayNameAttribute: 'cn',
  pageSize: '500',
  timeoutMs: '10000',
}

/** An LDAP authority as it is edited. The bind password is never known here: empty, it is not sent. */
export type AuthorityForm = Readonly<typeof NEW_AUTHORITY>

export function toForm({ id: _id, ...authority }: LdapAuthority): AuthorityForm {
  return {
    ...NEW_AUTHORITY,
    ...authority,
    pageSize: String(authority.pageSize),
    timeoutMs: String(authority.timeoutMs),
  }
}

/** As it is sent: what is empty is left out, and without a bind DN the password that was stored is forgotten. */
export function toBody(form: AuthorityForm): NewLdapAuthority {
  const { name, url, userBase, startTls, bindPassword, pageSize, timeoutMs, ...texts } = form
  const filledIn = Object.entries(texts).filter(([, text]) => text.trim() !== '')
  return {
    name,
    url: url.trim(),
    userBase: userBase.trim(),
    startTls,
    ...Object.fromEntries(filledIn.map(([field, text]) => [field, text.trim()])),
    ...(pageSize !== '' && { pageSize: Number(pageSize) }),
    ...(timeoutMs !== '' && { timeoutMs: Number(timeoutMs) }),
    ...passwordOf(form),
  }
}

function passwordOf({ bindDn, bindPassword }: AuthorityForm): Pick<NewLdapAuthority, 'bindPassword'> {
  if (bindPassword !== '') return { bindPassword }
  return bindDn.trim() === '' ? { bindPassword: null } : {}
}

/** True when the form says all that a test of it takes: a stored password cannot be tested from here. */
export function isTestable({ url, userBase, bindDn, bindPassword }: AuthorityForm): boolean {
  return url.trim() !== '' && userBase.trim() !== '' && (bindDn.trim() === '' || bindPassword !== '')
}
