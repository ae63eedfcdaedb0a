import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { describe, test } from 'node:test'
import { findFreePort } from '../../../../../tools/ports/free-port.ts'
import { dnOfPerson, ldifEntry, READER, USER_BASE } from '../../../../../tools/slapd/scratch-ldif.ts'
import { startScratchSlapd } from '../../../../../tools/slapd/scratch-slapd.ts'
import { LdapConnection, type LdapSearch } from './ldap-connection.ts'
import type { LdapTarget } from './ldap-socket.ts'
import { parseFilter } from './parse-filter.ts'
import { startScriptedDirectory } from './testing/scripted-directory.ts'

const PEOPLE = parseFilter('(objectClass=inetOrgPerson)')

function target(url: string, more: Partial<LdapTarget> = {}): LdapTarget {
  return { url, startTls: false, timeoutMs: 10_000, ...more }
}

function people(more: Partial<LdapSearch> = {}): LdapSearch {
  return { base: USER_BASE, scope: 'sub', filter: PEOPLE, attributes: ['uid'], pageSize: 500, ...more }
}

async function openAsReader(options: LdapTarget): Promise<LdapConnection> {
  const connection = await LdapConnection.open(options)
  assert.equal(await connection.bind(READER.dn, READER.password), true)
  return connection
}

/** How many entries, over how many pages. */
async function count(connection: LdapConnection, search: LdapSearch): Promise<{ entries: number; pages: number }> {
  let [entries, pages] = [0, 0]
  for await (const page of connection.search(search)) {
    entries += page.length
    pages++
  }
  return { entries, pages }
}

const fails = (reason: string, message = /./) => ({ name: 'LdapFailure', reason, message })

describe('searching', () => {
  test('reads 20,000 entries page by page', async () => {
    await using slapd = await startScratchSlapd({ people: 20_000 })
    await using connection = await openAsReader(target(slapd.url))
    assert.deepEqual(await count(connection, people({ pageSize: 1000 })), { entries: 20_000, pages: 20 })
  })

  test('fails at a size limit that the sum of the pages passes, and not at one it reaches', async () => {
    await using slapd = await startScratchSlapd({ people: 501, sizeLimit: 500 })
    await using connection = await openAsReader(target(slapd.url))
    await assert.rejects(count(connection, people({ pageSize: 100 })), fails('size_limit'))
    const filter = parseFilter('(&(objectClass=inetOrgPerson)(!(uid=user00001)))')
    assert.equal((await count(connection, people({ filter }))).entries, 500)
  })

  test('fails when the directory dies between two pages', async () => {
    await using slapd = await startScratchSlapd({ people: 50 })
    await using connection = await openAsReader(target(slapd.url))
    const seen: number[] = []
    const reading = async () => {
      for await (const page of connection.search(people({ pageSize: 10 }))) {
        seen.push(page.length)
        if (seen.length === 2) await slapd.kill()
      }
    }
    await assert.rejects(reading(), fails('connection_lost'))
    assert.deepEqual(seen, [10, 10])
  })

  test('fails at an answer that does not come', async () => {
    await using slapd = await startScratchSlapd({ people: 1 })
    await using connection = await openAsReader(target(slapd.url, { timeoutMs: 200 }))
    await slapd.freeze()
    await assert.rejects(count(connection, people()), fails('timed_out'))
    await assert.rejects(count(connection, people()), fails('timed_out'))
  })

  test('fails at answers that never come to an end, though each comes in time', async () => {
    const endless = Array.from({ length: 40_000 }, () => ({ entries: 1, cookie: 'cookie 1' }))
    await using directory = await startScriptedDirectory(endless)
    await using connection = await LdapConnection.open(target(directory.url, { timeoutMs: 30 }))
    await assert.rejects(count(connection, people()), fails('timed_out'))
    assert.ok(directory.asked.length < endless.length)
  })

  test('fails at a referral, whatever was found here', async () => {
    const elsewhere = { objectClass: ['referral', 'extensibleObject'], ou: 'abroad', ref: 'ldap://abroad.example/' }
    await using slapd = await startScratchSlapd({ people: 3, ldif: ldifEntry(`ou=abroad,${USER_BASE}`, elsewhere) })
    await using connection = await openAsReader(target(slapd.url))
    await assert.rejects(count(connection, people()), fails('referral', /abroad\.example/))
  })

  test('fails at a base that is not there', async () => {
    await using slapd = await startScratchSlapd()
    await using connection = await openAsReader(target(slapd.url))
    await assert.rejects(count(connection, people({ base: `ou=nowhere,${USER_BASE}` })), fails('base_missing'))
  })

  test('goes on after a page without entries, as long as there is a cookie', async () => {
    await using directory = await startScriptedDirectory([
      { entries: 2, cookie: 'cookie 1' },
      { entries: 0, cookie: 'cookie 2' },
      { entries: 3, cookie: '' },
    ])
    await using connection = await LdapConnection.open(target(directory.url))
    assert.deepEqual(await count(connection, people()), { entries: 5, pages: 2 })
    assert.deepEqual(directory.asked, ['', 'cookie 1', 'cookie 2'])
  })

  test('can be left early and begun again', async () => {
    await using slapd = await startScratchSlapd({ people: 30 })
    await using connection = await openAsReader(target(slapd.url))
    for await (const page of connection.search(people({ pageSize: 10 }))) {
      assert.equal(page.length, 10)
      break
    }
    assert.deepEqual(await count(connection, people({ pageSize: 10 })), { entries: 30, pages: 3 })
  })

  test('answers attributes by their names in lower case', async () => {
    await using slapd = await startScratchSlapd({ people: [{ uid: 'zoë', cn: 'Zoë (x) *' }] })
    await using connection = await openAsReader(target(slapd.url))
    const filter = parseFilter('(CN=Zo\\c3\\ab \\28x\\29 \\2a)')
    for await (const [entry] of connection.search(people({ filter, attributes: ['CN', 'mail'] }))) {
      assert.deepEqual(entry?.attributes.get('cn'), ['Zoë (x) *'])
      assert.deepEqual(entry?.attributes.get('mail'), ['zoë@example.org'])
    }
    assert.equal((await count(connection, people({ filter }))).entries, 1)
  })
})

describe('binding', () => {
  test('tells a right password from wrong ones and unknown entries', async () => {
    await using slapd = await startScratchSlapd({ people: [{ uid: 'ann', password: 'right' }, { uid: 'bob' }] })
    await using connection = await LdapConnection.open(target(slapd.url))
    assert.equal(await connection.bind(dnOfPerson('ann'), 'right'), true)
    assert.equal(await connection.bind(dnOfPerson('ann'), 'wrong'), false)
    assert.equal(await connection.bind(dnOfPerson('bob'), 'without one'), false)
    assert.equal(await connection.bind(dnOfPerson('nobody'), 'right'), false)
    assert.equal(await connection.bind('no dn', 'right'), false)
  })

  test('sends nothing for an empty password', async () => {
    await using slapd = await startScratchSlapd({ people: 1 })
    await using connection = await LdapConnection.open(target(slapd.url))
    await slapd.freeze()
    await assert.rejects(connection.bind(dnOfPerson('user00001'), ''), RangeError)
  })
})

describe('connecting', () => {
  test('encrypts with a certificate that is trusted, by ldaps and by StartTLS', async () => {
    await using slapd = await startScratchSlapd({ people: 7, tls: true })
    const { caCertificate } = slapd
    for (const options of [
      target(slapd.tlsUrl, { caCertificate }),
      target(slapd.url, { startTls: true, caCertificate }),
    ]) {
      await using connection = await openAsReader(options)
      assert.equal((await count(connection, people())).entries, 7)
    }
  })

  test('refuses a certificate that is not trusted, before any password is sent', async () => {
    await using slapd = await startScratchSlapd({ tls: true })
    for (const options of [target(slapd.tlsUrl), target(slapd.url, { startTls: true })]) {
      await assert.rejects(LdapConnection.open(options), fails('tls_failed', /self-signed certificate/))
    }
  })

  test('refuses a certificate of another host', async () => {
    await using slapd = await startScratchSlapd({ tls: true })
    const { caCertificate, tlsUrl } = slapd
    const url = tlsUrl.replace('127.0.0.1', 'localhost')
    await assert.rejects(LdapConnection.open(target(url, { caCertificate })), fails('tls_failed', /localhost/))
  })

  test('does not go on unencrypted where StartTLS is refused', async () => {
    await using slapd = await startScratchSlapd()
    await assert.rejects(LdapConnection.open(target(slapd.url, { startTls: true })), fails('tls_failed', /StartTLS/))
  })

  test('says that nobody listens', async () => {
    const port = await findFreePort()
    await assert.rejects(
      LdapConnection.open(target(`ldap://127.0.0.1:${port}`)),
      fails('unreachable', new RegExp(`nothing listens on port ${port}`)),
    )
  })

  test('says that it is no directory', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1')
    const address = await new Promise<ReturnType<typeof server.address>>((resolve) => {
      server.once('listening', () => resolve(server.address()))
    })
    assert.ok(address !== null && typeof address === 'object')
    await using connection = await LdapConnection.open(target(`ldap://127.0.0.1:${address.port}`))
    await assert.rejects(connection.bind(READER.dn, READER.password), { name: 'LdapFailure' })
    server.close()
  })
})
