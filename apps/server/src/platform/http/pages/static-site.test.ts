import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createLogger } from '../../telemetry/logger.ts'
import { createMetrics } from '../../telemetry/metrics.ts'
import { createHttpServer, type HttpServer } from '../create-http-server.ts'
import { staticSite } from './static-site.ts'

const INDEX =
  '<meta content="__BASE_PATH__"><script src="__BASE_PATH__/console/assets/a.js" nonce="__NONCE__"></script>'

describe('a built site', () => {
  let directory: string
  let server: HttpServer
  let url: string
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'portreeve-site-'))
    const baseUrl = 'https://example.org/portreeve/'
    server = await createHttpServer({
      routes: [],
      mounts: staticSite({ name: 'console', title: 'The console', directory, at: '/console', baseUrl }),
      authenticate: () => Promise.resolve({ signedIn: undefined, failure: undefined }) as never,
      logger: createLogger({ level: 'silent' }),
      metrics: createMetrics(),
      readiness: [],
      baseUrl,
      version: '0.0.0',
    })
    url = `http://127.0.0.1:${await server.listen({ host: '127.0.0.1', port: 0 })}`
  })
  after(async () => {
    await server[Symbol.asyncDispose]()
    await rm(directory, { recursive: true })
  })

  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${url}${path}`, { method, headers, redirect: 'manual' })

  test('says that it is not built yet, and is there as soon as it is', async () => {
    const missing = await get('/console/')
    assert.deepEqual([missing.status, missing.headers.get('refresh')], [503, '3'])
    await mkdir(join(directory, 'assets'))
    await writeFile(join(directory, 'assets/a.js'), 'plain')
    await writeFile(join(directory, 'assets/a.js.br'), 'brotli')
    await writeFile(join(directory, 'assets/a.js.gz'), 'gzip')
    await writeFile(join(directory, 'index.html'), INDEX)
    assert.equal((await get('/console/')).status, 200)
  })

  test('is where / leads to, below the path of the base URL', async () => {
    const answer = await get('/')
    assert.deepEqual([answer.status, answer.headers.get('location')], [302, '/portreeve/console/'])
  })

  test('gives its page at every depth, with a nonce of its own each time', async () => {
    const [one, two] = await Promise.all([get('/console/users/1?q=x'), get('/console')])
    const [text, other] = await Promise.all([one.text(), two.text()])
    const nonce = /nonce="([^"]{22,})"/.exec(text)?.[1] ?? ''
    assert.match(text, /src="\/portreeve\/console\/assets\/a\.js"/)
    assert.equal(other.includes(nonce), false)
    const policy = one.headers.get('content-security-policy') ?? ''
    assert.ok(policy.includes(`style-src 'self' 'nonce-${nonce}'`), policy)
    assert.ok(policy.includes("script-src 'self';"), policy)
    assert.equal(policy.includes('unsafe'), false)
    assert.match(one.headers.get('cache-control') ?? '', /no-cache/)
  })

  test('gives files for ever, in the coding that the client takes', async () => {
    const told = async (coding: string) => {
      const answer = await get('/console/assets/a.js', { 'accept-encoding': coding }, 'HEAD')
      assert.match(answer.headers.get('cache-control') ?? '', /immutable/)
      return answer.headers.get('content-encoding')
    }
    assert.equal(await told('identity'), null)
    assert.equal(await told('br;q=0, gzip;q=0'), null)
    assert.equal(await told('gzip, deflate, br'), 'br')
    assert.equal(await told('gzip;q=0.5, br;q=0'), 'gzip')
  })

  test('answers HEAD as GET, without the body', async () => {
    const answer = await get('/console/assets/a.js', { 'accept-encoding': 'identity' }, 'HEAD')
    assert.deepEqual([answer.status, answer.headers.get('content-length'), await answer.text()], [200, '5', ''])
  })

  test('has no files but its own', async () => {
    assert.equal((await get('/console/assets/b.js')).status, 404)
    assert.equal((await get('/console/assets/..%2f..%2fpackage.json')).status, 404)
    assert.equal((await get('/console/assets/a.js.gz')).status, 404)
    assert.equal((await get('/console', {}, 'POST')).status, 405)
  })
})
