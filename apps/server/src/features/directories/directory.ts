import { AppError, defineErrors } from '../../kernel/errors.ts'
import type { LdapAuthority, OpenAuthority } from './ldap-authority.ts'

/**
 * A search filter: text as an admin wrote it (RFC 4515), or put together from parts. Values in parts are plain; the
 * directory's adapter escapes them, so nobody can forget to.
 */
export type DirectoryFilter =
  | string
  | { readonly attribute: string; readonly equals: string }
  | { readonly all: readonly DirectoryFilter[] }
  | { readonly any: readonly DirectoryFilter[] }

export interface DirectorySearch {
  readonly base: string
  /** `subtree` unless told: the base and everything below it. */
  readonly scope?: 'base' | 'children' | 'subtree'
  readonly filter: DirectoryFilter
  /** Names of what to answer, in any case. */
  readonly attributes: readonly string[]
}

export interface DirectoryEntry {
  readonly dn: string
  /** By name in lower case; what an entry does not have is not there. */
  readonly attributes: ReadonlyMap<string, readonly string[]>
}

/** A connection that is bound as the authority's own account. */
export interface DirectorySession extends AsyncDisposable {
  /**
   * Pages of what is found, as many entries each as the authority's `pageSize`. It ends only when the directory said that
   * this was all; whatever cut it short (a limit, a referral, a lost connection) throws one of `directoryErrors`, so a
   * loop that ran to its end has seen everything. Leaving the loop early is allowed. One search at a time.
   */
  search(search: DirectorySearch): AsyncIterable<readonly DirectoryEntry[]>
}

/** Directories as this server needs them. Everything throws `directoryErrors` and is bounded by the authority's `timeoutMs`: each answer, and sixty times that a session. */
export interface Directory {
  connect(authority: OpenAuthority): Promise<DirectorySession>

  /** True when the directory takes this as the password of the entry. An empty one is refused before anything is sent. */
  authenticate(authority: LdapAuthority, dn: string, password: string): Promise<boolean>

  /** Throws `directory.bad_filter`, which names `field` (or else `filter`), for text that is no search filter (RFC 4515). */
  assertFilter(text: string, field?: string): void
}

/** What can go wrong with a directory, in words for admins. None of them holds a password. */
export const directoryErrors = defineErrors('directory', {
  bad_filter: {
    kind: 'invalid',
    message: (problem: string, field = 'filter') => `${field}: this is no LDAP filter (RFC 4515): ${problem}.`,
  },
  unreachable: {
    kind: 'unavailable',
    message: (url: string, reason: string) => `The directory ${url} cannot be reached: ${reason}.`,
  },
  tls_failed: {
    kind: 'unavailable',
    message: (url: string, reason: string) => `There is no trusted connection to the directory ${url}: ${reason}.`,
  },
  bind_refused: {
    kind: 'unavailable',
    message: (bindDn: string) => `The directory does not take the bind DN "${bindDn}" with the password given here.`,
  },
  timed_out: {
    kind: 'unavailable',
    message: (url: string, timeoutMs: number) =>
      `The directory ${url} did not answer within ${timeoutMs} ms, or not all within sixty times that.`,
  },
  connection_lost: {
    kind: 'unavailable',
    message: (url: string) => `The connection to the directory ${url} was lost before it had answered everything.`,
  },
  size_limit: {
    kind: 'unavailable',
    message: () =>
      'The directory answers no more entries than its size limit. Raise it for the bind DN (OpenLDAP: size.prtotal=unlimited).',
  },
  time_limit: { kind: 'unavailable', message: () => 'The directory stopped the search at its time limit.' },
  referral: {
    kind: 'unavailable',
    message: (to: string) =>
      `The directory answers with a referral (${to}), which is not followed: name its server here.`,
  },
  base_missing: {
    kind: 'unavailable',
    message: (base: string) => `The directory has no entry "${base}" to search below.`,
  },
  refused: { kind: 'unavailable', message: (reason: string) => `The directory refuses: ${reason}.` },
})

/** True of what keeps a directory from answering, as opposed to what is wrong with the question. */
export function isDirectoryFailure(error: unknown): error is AppError {
  return error instanceof AppError && error.kind === 'unavailable' && error.code.startsWith('directory.')
}
