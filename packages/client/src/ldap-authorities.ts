import type { LdapAuthorityBody, LdapAuthorityDto, TestConnectionResultDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import { type Change, type Creation, type HttpCore, path } from './http-core.ts'
import { type ListOptions, listAll } from './list-all.ts'
import { getPage, type Page, type PageRequest } from './page.ts'

export type LdapAuthority = Static<typeof LdapAuthorityDto>
export type NewLdapAuthority = Static<typeof LdapAuthorityBody>
export type TestConnectionResult = Static<typeof TestConnectionResultDto>

export interface ConnectionTest {
  /** What users must match besides being users (RFC 4515). */
  readonly filter?: string
  /** How many users to show; 20 unless told. */
  readonly pageSize?: number
}

/** Directories that users and teams come from. */
export class LdapAuthorities {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  list(options?: ListOptions): AsyncGenerator<LdapAuthority, void> {
    return listAll(this.#http, '/api/ldapauthorities', options)
  }

  page(request: PageRequest): Promise<Page<LdapAuthority>> {
    return getPage(this.#http, '/api/ldapauthorities', request)
  }

  create(authority: NewLdapAuthority): Promise<Creation> {
    return this.#http.create('/api/ldapauthorities', authority)
  }

  get(id: string): Promise<LdapAuthority> {
    return this.#http.json({ method: 'GET', path: path`/api/ldapauthorities/${id}` })
  }

  /** What is left out gets its default, except `bindPassword`, which stays; null forgets it. */
  change(id: string, authority: NewLdapAuthority): Promise<Change> {
    return this.#http.change({ method: 'PUT', path: path`/api/ldapauthorities/${id}`, body: authority })
  }

  delete(id: string): Promise<Change> {
    return this.#http.change({ method: 'DELETE', path: path`/api/ldapauthorities/${id}` })
  }

  /** Tries a stored authority. That it fails is a result, not an error. */
  test(id: string, test: ConnectionTest = {}): Promise<TestConnectionResult> {
    const query = toQuery(test)
    return this.#http.json({ method: 'POST', path: path`/api/ldapauthorities/${id}/testConnection`, query })
  }

  /** Tries an authority before it is stored. */
  testUnstored(authority: NewLdapAuthority, test: ConnectionTest = {}): Promise<TestConnectionResult> {
    const query = toQuery(test)
    return this.#http.json({ method: 'POST', path: '/api/ldapauthorities/testConnection', query, body: authority })
  }

  /** Tries an authority with the LDAP filter of a team, or another. */
  testForTeam(id: string, team: string, test: ConnectionTest = {}): Promise<TestConnectionResult> {
    return this.#http.json({
      method: 'POST',
      path: path`/api/teams/${team}/testConnection/${id}`,
      query: toQuery(test),
    })
  }
}

function toQuery({ filter, pageSize }: ConnectionTest) {
  return { filter, pageSize: pageSize === undefined ? undefined : String(pageSize) }
}
