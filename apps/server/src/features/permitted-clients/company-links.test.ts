import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PermissionFlag, Principal } from '../../kernel/principal.ts'
import { clientLinks, companyActLinks, linkHeader, pageLinks, requestLinks } from './company-links.ts'

const BASE = 'https://gate.example'
const CLIENT = { clientId: 'c1', name: 'Wiki', isPermitted: true, isPublic: false }
const USE = { users: 0, firstUsedAt: undefined, lastUsedAt: undefined }

function caller(role: Principal['role'], ...flags: readonly PermissionFlag[]): Principal {
  return { userId: 'u', username: 'u', role, flags: new Set(flags), homeOrganisation: 1, organisation: 1, via: 'token' }
}

interface Circumstances {
  readonly isEnabled?: boolean
  readonly isAvailable?: boolean
}

function rels(role: Principal['role'], flags: readonly PermissionFlag[], circumstances: Circumstances = {}) {
  const { isEnabled = true, isAvailable = true } = circumstances
  const context = { baseUrl: BASE, caller: caller(role, ...flags), company: { id: 1, isEnabled } }
  const request = { ...CLIENT, userId: 'u', username: 'u', reason: undefined, requestedAt: new Date(0), isAvailable }
  const relsOf = (links: readonly { readonly rel: string }[]) => links.map(({ rel }) => rel).join(' ')
  return [
    relsOf(companyActLinks(context)),
    relsOf(clientLinks(context, { ...CLIENT, use: USE })),
    relsOf(requestLinks(context, request)),
  ]
}

test('shows the links of acts to superadmins alone, and only where the act would be allowed', () => {
  const flag = ['allow_modify_clients'] as const
  assert.deepEqual(rels('superadmin', flag), ['add permit requests', 'self delete users', 'client permit decline'])
  assert.deepEqual(rels('superadmin', []), ['', 'self users', 'client'])
  assert.deepEqual(rels('superadmin', flag, { isEnabled: false }), ['', 'self users', 'client'])
  assert.deepEqual(rels('admin', flag), ['requests', 'self users', 'client permit decline'])
  assert.deepEqual(rels('admin', []), ['', 'self users', 'client'])
})

test('shows no admin how to permit what is not available, and superadmins, who make it available too', () => {
  assert.equal(rels('admin', ['allow_modify_clients'], { isAvailable: false })[2], 'client decline')
  assert.equal(rels('superadmin', ['allow_modify_clients'], { isAvailable: false })[2], 'client permit decline')
})

test('leads through the pages of a list, and nowhere from a list of one page', () => {
  const url = `${BASE}/list`
  assert.deepEqual(pageLinks(url, { page: 1, page_size: 1000 }, 1000), [{ rel: 'self', href: url }])
  const links = pageLinks(url, { page: 2, page_size: 10 }, 21)
  assert.deepEqual(
    links.map(({ rel, href }) => [rel, href.slice(url.length)]),
    [
      ['self', '?page=2&page_size=10'],
      ['prev', '?page=1&page_size=10'],
      ['next', '?page=3&page_size=10'],
    ],
  )
  assert.equal(linkHeader(links), `<${url}?page=1&page_size=10>;rel="prev", <${url}?page=3&page_size=10>;rel="next"`)
  assert.equal(linkHeader(pageLinks(url, { page: 3, page_size: 10 }, 21).slice(0, 1)), undefined)
  assert.deepEqual(
    pageLinks(url, { page: 3, page_size: 1000 }, 9000).map(({ href }) => href.slice(url.length)),
    ['?page=3', '?page=2', '?page=4'],
  )
})
