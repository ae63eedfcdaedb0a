import { AndFilter, EqualityFilter, type Filter, OrFilter } from 'ldapts'
import { type AppError, withCause } from '../../kernel/errors.ts'
import { LdapConnection } from '../../platform/ldap/ldap-connection.ts'
import { LdapFailure, LdapFilterError } from '../../platform/ldap/ldap-failure.ts'
import { parseFilter } from '../../platform/ldap/parse-filter.ts'
import {
  type Directory,
  type DirectoryFilter,
  type DirectorySearch,
  type DirectorySession,
  directoryErrors,
} from './directory.ts'
import type { LdapAuthority, OpenAuthority } from './ldap-authority.ts'

/** Directories over LDAP (RFC 4511). */
export function ldapDirectory(): Directory {
  return {
    connect: (authority) => translated(authority, () => connect(authority)),
    // Without a DN or a password a bind would be anonymous, and succeed (RFC 4513, 5.1.1 and 5.1.2).
    authenticate: async (authority, dn, password) =>
      dn !== '' && password !== '' && (await translated(authority, () => tryPassword(authority, dn, password))),
    assertFilter: (text, field) => {
      parse(text, field)
    },
  }
}

async function connect(authority: OpenAuthority): Promise<DirectorySession> {
  await using opening = new AsyncDisposableStack()
  const connection = opening.use(await LdapConnection.open(authority))
  const { bindDn, bindPassword } = authority
  if (bindDn !== null && !(await connection.bind(bindDn, bindPassword ?? '')))
    throw directoryErrors.bind_refused(bindDn)
  const open = opening.move()
  return {
    search: (search) => searchPages(connection, authority, search),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

async function tryPassword(authority: LdapAuthority, dn: string, password: string): Promise<boolean> {
  await using connection = await LdapConnection.open(authority)
  return await connection.bind(dn, password)
}

const SCOPES = { base: 'base', children: 'one', subtree: 'sub' } as const

async function* searchPages(
  connection: LdapConnection,
  authority: LdapAuthority,
  { base, scope = 'subtree', filter, attributes }: DirectorySearch,
) {
  const { pageSize } = authority
  const asked = { base, scope: SCOPES[scope], filter: toFilter(filter), attributes, pageSize }
  try {
    yield* connection.search(asked)
  } catch (error) {
    throw toDirectoryError(error, authority, base)
  }
}

/** Values go into the request as they are (RFC 4511, 4.5.1.7): there is no text between in which they could mean more. */
function toFilter(filter: DirectoryFilter): Filter {
  if (typeof filter === 'string') return parse(filter)
  if ('equals' in filter) return new EqualityFilter({ attribute: filter.attribute, value: filter.equals })
  if ('all' in filter) return new AndFilter({ filters: filter.all.map(toFilter) })
  return new OrFilter({ filters: filter.any.map(toFilter) })
}

function parse(text: string, field?: string): Filter {
  try {
    return parseFilter(text)
  } catch (error) {
    throw error instanceof LdapFilterError ? directoryErrors.bad_filter(error.message, field) : error
  }
}

async function translated<T>(authority: LdapAuthority, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw toDirectoryError(error, authority)
  }
}

function toDirectoryError(error: unknown, authority: LdapAuthority, base = ''): unknown {
  return error instanceof LdapFailure ? withCause(toAppError(error, authority, base), error) : error
}

function toAppError({ reason, message }: LdapFailure, { url, timeoutMs }: LdapAuthority, base: string): AppError {
  switch (reason) {
    case 'unreachable':
      return directoryErrors.unreachable(url, message)
    case 'tls_failed':
      return directoryErrors.tls_failed(url, message)
    case 'timed_out':
      return directoryErrors.timed_out(url, timeoutMs)
    case 'connection_lost':
      return directoryErrors.connection_lost(url)
    case 'size_limit':
      return directoryErrors.size_limit()
    case 'time_limit':
      return directoryErrors.time_limit()
    case 'referral':
      return directoryErrors.referral(message)
    case 'base_missing':
      return directoryErrors.base_missing(base)
    case 'refused':
      return directoryErrors.refused(message)
  }
}
