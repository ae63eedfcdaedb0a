import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { findFreePort } from '../../../../../../tools/ports/free-port.ts'
import { READER, USER_BASE } from '../../../../../../tools/slapd/scratch-ldif.ts'
import { type ScratchSlapd, startScratchSlapd } from '../../../../../../tools/slapd/scratch-slapd.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { ApiClient, Fields } from '../../testing/api-client.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { makeTeam } from '../../testing/model-steps.ts'
import { FORMATS } from '../../testing/wire-format.ts'

const PEOPLE = 501
const STORED = statement<{ text: string }>(
  'test.all-of-authorities',
  `select ldap_authority::text as text from ldap_authority union all select details::text from audit_record
   where details is not null union all select input::text from task where input is not null`,
)
const MOVE = statement('test.move-authority', 'update ldap_authority set url = $2 where id = $1')

let server: ModelServer
let slapd: ScratchSlapd
before(async () => {
  server = await startModelServer()
  slapd = await startScratchSlapd({ people: PEOPLE, tls: true })
})
after(async () => {
  await slapd[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

type Settings = Readonly<Record<string, unknown>>

function settings(more: Settings = {}): { readonly ldapAuthority: Settings } {
  const { dn: bindDn, password: bindPassword } = READER
  const plain = { name: randomUUID(), url: slapd.url, userBase: USER_BASE, userFilter: '(objectClass=inetOrgPerson)' }
  return { ldapAuthority: { ...plain, bindDn, bindPassword, ...more } }
}

async function makeAuthority(api: ApiClient, more: Settings = {}): Promise<string> {
  return (await api.change('POST /api/ldapauthorities', settings(more))).entityId
}

/** What a test connection said. */
async function tried(api: ApiClient, id: string, query = ''): Promise<Fields & { DTOs?: unknown }> {
  const reply = await api.send(`POST /api/ldapauthorities/${id}/testConnection${query}`)
  assert.equal(reply.status, 200, reply.text)
  return reply.content as Fields
}

for (const format of FORMATS) {
  describe(`LDAP authorities, in ${format}`, () => {
    test('are created, listed, changed and deleted, without ever showing the password', async () => {
      const api = server.root.in(format)
      const name = `directory ${format}`
      const id = await makeAuthority(api, { name })
      const made = await api.get(`/api/ldapauthorities/${id}`)
      assert.equal(made['url'], slapd.url)
      assert.equal(made['usernameAttribute'], 'uid')
      assert.equal(made['pageSize'], '500')
      const changed = { ldapAuthority: { name: `${name} 2`, url: slapd.url, bindDn: READER.dn, userBase: USER_BASE } }
      await api.change(`PUT /api/ldapauthorities/${id}`, changed)
      const { entries } = await api.list(`/api/ldapauthorities?searchKeyList=name&searchValueList=${name}`)
      assert.deepEqual(
        entries.map((entry) => entry['name']),
        [`${name} 2`],
      )
      assert.doesNotMatch(JSON.stringify([made, entries]), /assword/)
      assert.equal((await tried(api, id))['success'], 'true')
      await api.change(`DELETE /api/ldapauthorities/${id}`)
      assert.equal(await api.problem(`GET /api/ldapauthorities/${id}`), '404 ldap_authority.not_found')
    })

    test('forget the password for null, and want it with the bind DN', async () => {
      const api = server.root.in(format)
      const id = await makeAuthority(api)
      const put = `PUT /api/ldapauthorities/${id}`
      assert.equal(await api.problem(put, settings({ bindPassword: null })), '400 ldap_authority.password_missing')
      await api.change(put, settings({ bindPassword: null, bindDn: undefined }))
      assert.equal((await api.get(`/api/ldapauthorities/${id}`))['bindDn'], undefined)
      assert.equal(await api.problem(put, settings({ bindPassword: undefined })), '400 ldap_authority.password_missing')
    })

    test('show some of the users that were found, and how many there are', async () => {
      const api = server.root.in(format)
      const { success, totalResults, DTOs } = await tried(api, await makeAuthority(api), '?pageSize=2')
      assert.deepEqual([success, totalResults], ['true', String(PEOPLE)])
      const [first] = DTOs as Fields[]
      assert.equal((DTOs as Fields[]).length, 2)
      assert.deepEqual(first, {
        dn: `uid=user00001,${USER_BASE}`,
        username: 'user00001',
        email: 'user00001@example.org',
        displayName: 'user00001',
      })
    })
  })
}

describe('an LDAP authority', () => {
  const refusals: readonly [because: string, more: Settings, problem: string][] = [
    ['a URL of something else', { url: 'http://example.org' }, '400 ldap_authority.bad_url'],
    ['a URL with a path', { url: 'ldap://example.org/dc=x' }, '400 ldap_authority.bad_url'],
    ['a URL without a host', { url: 'ldap://' }, '400 ldap_authority.bad_url'],
    ['StartTLS on ldaps', { url: 'ldaps://example.org', startTls: true }, '400 ldap_authority.tls_twice'],
    ['a bad filter', { userFilter: '(uid=a' }, '400 directory.bad_filter'],
    ['a certificate that is none', { caCertificate: 'x' }, '400 ldap_authority.bad_certificate'],
    ['a DN without a password', { bindPassword: undefined }, '400 ldap_authority.password_missing'],
    ['a DN with an empty password', { bindPassword: '' }, '400 ldap_authority.password_missing'],
    ['a password without a DN', { bindDn: undefined }, '400 ldap_authority.dn_missing'],
    ['a name with blanks at its ends', { name: ' x' }, '400 ldap_authority.bad_name'],
    ['an attribute that is none', { emailAttribute: 'a b' }, '400 request.invalid'],
  ]
  for (const [because, more, problem] of refusals) {
    test(`is refused for ${because}`, async () => {
      assert.equal(await server.root.problem('POST /api/ldapauthorities', settings(more)), problem)
    })
  }

  test('has a name of its own in the organisation, whatever the case', async () => {
    const id = await makeAuthority(server.root, { name: 'Köln' })
    const taken = '400 ldap_authority.name_taken'
    assert.equal(await server.root.problem('POST /api/ldapauthorities', settings({ name: 'KÖLN' })), taken)
    await server.root.change(`PUT /api/ldapauthorities/${id}`, settings({ name: 'köln' }))
  })

  test('wants the password again before it is sent anywhere else', async () => {
    const id = await makeAuthority(server.root)
    const { caCertificate, tlsUrl } = slapd
    for (const more of [{ url: tlsUrl }, { startTls: true }, { caCertificate }, { bindDn: 'cn=other' }]) {
      const body = settings({ bindPassword: undefined, ...more })
      assert.equal(
        await server.root.problem(`PUT /api/ldapauthorities/${id}`, body),
        '400 ldap_authority.password_again',
      )
    }
  })

  test('does not send the password to an address that was changed in the database', async () => {
    const id = await makeAuthority(server.root)
    await server.database.query(MOVE, [id, `ldap://127.0.0.1:${await findFreePort()}`])
    assert.equal(
      await server.root.problem(`POST /api/ldapauthorities/${id}/testConnection`),
      '503 sealed_secret.not_authentic',
    )
  })

  test('keeps the password sealed, while its proposal waits, too', async () => {
    const password = `secret ${randomUUID()}`
    const queued = settings({ bindPassword: password })
    const { taskId } = await server.root.change('POST /api/ldapauthorities', queued, { prefer: 'respond-async' })
    await server.drain()
    assert.equal((await server.root.get(`/api/task/${taskId}`))['state'], 'COMPLETED')
    const stored = (await server.database.query(STORED)).map(({ text }) => text).join('\n')
    assert.match(stored, /v1\.[0-9a-f]{16}\./)
    assert.ok(!stored.includes(password))
  })

  test('stays while a team or a user names it', async () => {
    const id = await makeAuthority(server.root)
    const remove = `DELETE /api/ldapauthorities/${id}`
    const team = await server.root.change('POST /api/teams', {
      team: { name: randomUUID(), ldapAuthority: id, ldapFilter: '(uid=user00001)' },
    })
    const user = await server.root.change('POST /api/users', {
      user: { username: randomUUID(), ldapAuthority: id, ldapDn: 'cn=x' },
    })
    assert.equal(await server.root.problem(remove), '409 ldap_authority.in_use')
    await server.root.change(`DELETE /api/teams/${team.entityId}`)
    assert.equal(await server.root.problem(remove), '409 ldap_authority.in_use')
    await server.root.change(`PUT /api/users/${user.entityId}`, { user: {} })
    await server.root.change(remove)
  })

  test('is named by users only if the organisation has it', async () => {
    const ldap = { ldapAuthority: randomUUID(), ldapDn: 'cn=x' }
    const unknown = '400 user.unknown_authority'
    assert.equal(await server.root.problem('POST /api/users', { user: { username: randomUUID(), ...ldap } }), unknown)
    const { entityId } = await server.root.change('POST /api/users', { user: { username: randomUUID() } })
    assert.equal(await server.root.problem(`PUT /api/users/${entityId}`, { user: ldap }), unknown)
  })

  test('is for admins of settings to change, and for admins of settings and teams to see', async () => {
    const id = await makeAuthority(server.root)
    const viewer = await server.signIn({ role: 'admin', flags: ['allow_view_settings'] })
    assert.equal((await viewer.get(`/api/ldapauthorities/${id}`))['id'], id)
    const nobody = await server.signIn({ role: 'admin', flags: ['allow_view_users'] })
    assert.equal(await nobody.problem('GET /api/ldapauthorities'), '403 access.flag_missing')
    for (const operation of [`PUT /api/ldapauthorities/${id}`, 'POST /api/ldapauthorities/testConnection']) {
      assert.equal(await viewer.problem(operation, settings()), '403 access.flag_missing')
    }
    assert.equal(await viewer.problem(`POST /api/ldapauthorities/${id}/testConnection`), '403 access.flag_missing')
  })
})

describe('a test connection', () => {
  const failures: readonly [because: string, more: () => Settings, message: RegExp][] = [
    ['a wrong password', () => ({ bindPassword: 'wrong' }), /does not take the bind DN "cn=reader/],
    ['an untrusted certificate', () => ({ url: slapd.tlsUrl }), /no trusted connection .* self-signed certificate/],
    ['a base that is not there', () => ({ userBase: `ou=nowhere,${USER_BASE}` }), /no entry "ou=nowhere/],
    ['nobody listening', () => ({ url: 'ldap://127.0.0.1:9' }), /cannot be reached: nothing listens on port 9/],
    ['a host without an address', () => ({ url: 'ldap://directory.invalid' }), /no address is known for the host/],
  ]
  for (const [because, more, message] of failures) {
    test(`says in plain words that it failed for ${because}`, async () => {
      const body = settings(more())
      const reply = await server.root.send('POST /api/ldapauthorities/testConnection', body)
      const result = reply.content as Fields
      assert.deepEqual([reply.status, result['success'], result['totalResults']], [200, 'false', '0'])
      assert.match(result['message'] ?? '', message)
      assert.ok(!reply.text.includes(String(body.ldapAuthority['bindPassword'])))
    })
  }

  test('goes by ldaps and StartTLS with a trusted certificate', async () => {
    const { caCertificate, tlsUrl } = slapd
    for (const more of [
      { url: tlsUrl, caCertificate },
      { startTls: true, caCertificate },
    ]) {
      const id = await makeAuthority(server.root, more)
      assert.equal((await tried(server.root, id))['totalResults'], String(PEOPLE))
    }
  })

  test('fails at a size limit, since part of an answer is none', async () => {
    await using limited = await startScratchSlapd({ people: 501, sizeLimit: 500 })
    const id = await makeAuthority(server.root, { url: limited.url, pageSize: 100 })
    const result = await tried(server.root, id)
    assert.equal(result['success'], 'false')
    assert.match(result['message'] ?? '', /size limit.*size\.prtotal/)
    assert.equal((await tried(server.root, id, '?filter=(uid=user00007)'))['totalResults'], '1')
  })

  test('takes a filter besides, and refuses what is none', async () => {
    const id = await makeAuthority(server.root)
    const query = `?filter=${encodeURIComponent('(|(uid=user00001)(uid=user00002)(cn=reader))')}`
    assert.equal((await tried(server.root, id, query))['totalResults'], '2')
    assert.equal((await tried(server.root, id, '?filter='))['totalResults'], String(PEOPLE))
    assert.equal(
      await server.root.problem(`POST /api/ldapauthorities/${id}/testConnection?filter=uid`),
      '400 directory.bad_filter',
    )
  })

  test('of a team takes its filter, for those who may change the team', async () => {
    const id = await makeAuthority(server.root)
    const { entityId: team } = await server.root.change('POST /api/teams', {
      team: { name: randomUUID(), ldapAuthority: id, ldapFilter: '(uid=user0000*)' },
    })
    const operation = `POST /api/teams/${team}/testConnection/${id}`
    const reply = await server.root.send(operation)
    assert.equal((reply.content as Fields)['totalResults'], '9')
    const narrowed = await server.root.send(`${operation}?filter=(uid=user00001)`)
    assert.equal((narrowed.content as Fields)['totalResults'], '1')
    const viewer = await server.signIn({ role: 'admin', flags: ['allow_view_users'] })
    assert.equal((await viewer.send(operation)).status, 403)
    const elsewhere = await makeTeam(server.root, randomUUID())
    const unknown = randomUUID()
    assert.equal(
      await server.root.problem(`POST /api/teams/${elsewhere}/testConnection/${unknown}`),
      '404 ldap_authority.not_found',
    )
    assert.equal(await server.root.problem(`POST /api/teams/${unknown}/testConnection/${id}`), '404 team.not_found')
  })
})
