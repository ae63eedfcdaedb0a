import { X509Certificate } from 'node:crypto'
import { refuseApps, requireFlag } from '../../kernel/access.ts'
import { defineErrors } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'

/** A directory: how to reach it, and what stands where in it. */
export interface LdapAuthority {
  readonly id: string
  /** Unique in the organisation, case aside. */
  readonly name: string
  /** `ldap://host[:port]` or `ldaps://host[:port]`. */
  readonly url: string
  /** Upgrade an `ldap://` connection before anything else is said (RFC 4511, 4.14). */
  readonly startTls: boolean
  /** PEM; trusted instead of the public authorities. */
  readonly caCertificate: string | null
  /** Whom to search as; null for nobody (anonymous). */
  readonly bindDn: string | null
  readonly userBase: string
  readonly userFilter: string
  readonly groupBase: string | null
  readonly usernameAttribute: string
  readonly emailAttribute: string
  readonly displayNameAttribute: string
  /** Entries asked for at a time (RFC 2696). */
  readonly pageSize: number
  /** For connecting, and for each answer. */
  readonly timeoutMs: number
}

/** With what it takes to search there. Never shown, logged or recorded. */
export interface OpenAuthority extends LdapAuthority {
  readonly bindPassword: string | null
}

export type AuthoritySettings = Omit<LdapAuthority, 'id'>

export const ldapAuthorityErrors = defineErrors('ldap_authority', {
  not_found: { kind: 'not_found', message: (id: string) => `There is no LDAP authority ${id}.` },
  other_id: {
    kind: 'invalid',
    message: (id: string) => `id: it is not the id in the path; leave it out or send ${id}.`,
  },
  bad_name: {
    kind: 'invalid',
    message: (name: string) => `name: "${name}" must be printable, without blanks at its ends.`,
  },
  name_taken: { kind: 'invalid', message: (name: string) => `name: there is an LDAP authority "${name}" already.` },
  bad_url: {
    kind: 'invalid',
    message: () => 'url: it is not of the form ldap://host:389 or ldaps://host:636.',
  },
  tls_twice: { kind: 'invalid', message: () => 'startTls: an ldaps:// connection is encrypted already; leave it out.' },
  bad_certificate: { kind: 'invalid', message: () => 'caCertificate: it is no certificate in PEM form.' },
  password_missing: {
    kind: 'invalid',
    // RFC 4513, 5.1.2: a directory takes a DN without a password for nobody in particular, and says yes.
    message: () => 'bindPassword: a bind DN needs its password, which is not empty.',
  },
  dn_missing: { kind: 'invalid', message: () => 'bindDn: it is missing, and there is a bindPassword.' },
  password_again: {
    kind: 'invalid',
    message: () =>
      'bindPassword: send it again, since url, startTls, caCertificate or bindDn change: whoever points the connection elsewhere must know what is sent there.',
  },
  in_use: {
    kind: 'conflict',
    message: (teams: number, users: number) => `${teams} teams and ${users} users still use this LDAP authority.`,
  },
})

/** What an authority has that does not say otherwise. */
const DEFAULTS = {
  startTls: false,
  caCertificate: null,
  bindDn: null,
  userFilter: '(objectClass=person)',
  groupBase: null,
  usernameAttribute: 'uid',
  emailAttribute: 'mail',
  displayNameAttribute: 'cn',
  pageSize: 500,
  timeoutMs: 10_000,
} as const

type Given = Pick<AuthoritySettings, 'name' | 'url' | 'userBase'>
/** As they are sent. */
export type NewAuthoritySettings = Given & { readonly [Name in keyof typeof DEFAULTS]?: AuthoritySettings[Name] }

/** Completes and checks them; `userFilter` is the directory's to check. */
export function parseAuthoritySettings(given: NewAuthoritySettings): AuthoritySettings {
  const settings = { ...DEFAULTS, ...given }
  const url = parseUrl(settings.url)
  if (settings.startTls && url.startsWith('ldaps:')) throw ldapAuthorityErrors.tls_twice()
  if (settings.caCertificate !== null) assertCertificates(settings.caCertificate)
  return { ...settings, url }
}

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isLdap = url !== undefined && ['ldap:', 'ldaps:'].includes(url.protocol) && url.hostname !== ''
  const hasMore =
    isLdap && [url.pathname.replace('/', ''), url.search, url.hash, url.username, url.password].join('') !== ''
  if (!isLdap || hasMore) throw ldapAuthorityErrors.bad_url()
  return `${url.protocol}//${url.host}`
}

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g

function assertCertificates(pem: string): void {
  try {
    const certificates = (pem.match(PEM) ?? []).map((text) => new X509Certificate(text))
    if (certificates.length > 0) return
  } catch {
    // What is wrong with it is OpenSSL's to know; that it is wrong is what the admin can act on.
  }
  throw ldapAuthorityErrors.bad_certificate()
}

/**
 * Where a bind password goes, and so what it is sealed for: it does not open for any other place, be it another record in
 * the database, or this one with another address in it.
 */
export function destinationOf(organisation: number, settings: AuthoritySettings): string {
  const { url, startTls, caCertificate, bindDn } = settings
  return JSON.stringify(['ldap_authority', organisation, url, startTls, caCertificate, bindDn])
}

export function assertMayViewAuthorities(caller: Principal): void {
  requireFlag(caller, 'allow_view_settings', 'allow_modify_settings', 'allow_modify_teams')
}

/** They decide who signs in and how, which outlives any app. */
export function assertMayChangeAuthorities(caller: Principal): void {
  requireFlag(caller, 'allow_modify_settings')
  refuseApps(caller)
}
