import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ApiClient } from '../apps/server/src/app/testing/api-client.ts'
import {
  join,
  makeRepository,
  makeResource,
  makeRule,
  makeTeam,
  makeUser,
  permit,
} from '../apps/server/src/app/testing/model-steps.ts'
import { makeScratchDirectory } from '../tools/scratch-directory.ts'
import { type ScratchServer, startScratchServer } from '../tools/scratch-server.ts'
import { startSvnSite } from './svn-site.ts'
import { startSvnserveHost } from './svn-site-hosts.ts'
import { type WatchedProcess, watchProcess } from './watched-process.ts'

const MAIN = fileURLToPath(new URL('../apps/agent/src/main.ts', import.meta.url))
const POLL_MS = 2

let server: ScratchServer
let api: ApiClient
describe('the agent', () => {
  before(async () => {
    server = await startScratchServer()
    api = new ApiClient({ url: server.url, token: server.token, format: 'json' })
  })
  after(() => server?.[Symbol.asyncDispose]())

  function agent(directory: string, token = server.token, ...args: readonly string[]): WatchedProcess {
    const env = { PATH: process.env['PATH'], PORTREEVE_AGENT_TOKEN: token }
    return watchProcess(MAIN, ['--url', server.url, '--directory', directory, '--wait', '1', ...args], env)
  }

  test('two hosts obey every change, outlast the server, and mend what was edited by hand', async (t) => {
    await using first = await makeScratchDirectory()
    await using second = await makeScratchDirectory()
    const hosts = [first.path, second.path]
    await makeRepository(api, 'calc')
    const team = await makeTeam(api, 'core')
    const wren = await makeUser(api, 'wren')
    await join(api, team, [wren])
    const resource = await makeResource(api, { team, repository: 'calc', path: '/' })
    const rule = await makeRule(api, { team, name: 'readers', members: [wren] })

    await using one = agent(first.path)
    await using two = agent(second.path)
    for (const each of [one, two]) await each.says(/In step with the server/)
    await using near = await startSvnSite({ authzDir: first.path, users: ['wren'], startHost: startSvnserveHost })
    await using far = await startSvnSite({ authzDir: second.path, users: ['wren'], startHost: startSvnserveHost })
    for (const site of [near, far]) {
      await site.addRepository('calc', ['/trunk'])
      assert.equal(await site.accessOf('wren', 'calc', '/trunk'), 'no')
    }

    const begun = performance.now()
    await permit(api, { team, rule, permissions: [{ resource, type: 'READ' }] })
    await Promise.all(hosts.map((host) => fileSays(host, /wren = r$/m)))
    t.diagnostic(`from the change to both directories: ${Math.round(performance.now() - begun)} ms`)
    for (const site of [near, far]) assert.equal(await site.accessOf('wren', 'calc', '/trunk'), 'r')

    await server.kill('SIGKILL')
    for (const each of [one, two]) await each.says(/The files stay as they are; trying again/)
    for (const site of [near, far]) assert.equal(await site.accessOf('wren', 'calc', '/trunk'), 'r')
    await server.restart()
    await permit(api, { team, rule, permissions: [{ resource, type: 'NONE', path: 'trunk' }] })
    await Promise.all(hosts.map((host) => fileSays(host, /\[\/trunk\]/)))
    for (const site of [near, far]) assert.equal(await site.accessOf('wren', 'calc', '/trunk'), 'no')

    const published = await readFile(joinPath(server.authzDir, 'calc.authz'), 'utf8')
    await writeFile(joinPath(first.path, 'calc.authz'), '[/]\n* = rw\n')
    await rm(joinPath(second.path, 'calc.authz'))
    await Promise.all(hosts.map((host) => fileSays(host, /\[\/trunk\]/)))
    for (const host of hosts) assert.equal(await readFile(joinPath(host, 'calc.authz'), 'utf8'), published)

    one.signal('SIGTERM')
    assert.equal(await one.ended, 0)
  })

  test('ends with a failure and a reason when its token is refused, or another agent keeps the directory', async () => {
    await using directory = await makeScratchDirectory()
    const refused = agent(directory.path, 'no-such-token')
    assert.equal(await refused.ended, 3)
    assert.match(refused.said, /The server refuses the token \(401 /)
    await using holder = agent(directory.path)
    await holder.says(/In step with the server/)
    const late = agent(directory.path)
    assert.equal(await late.ended, 1)
    assert.match(late.said, /Another agent keeps/)
  })

  test('once, for cron, fetches the repositories of this host, and Subversion accepts their files', async () => {
    await using directory = await makeScratchDirectory()
    await makeRepository(api, 'site')
    await makeRepository(api, 'other')
    await api.enforced((await api.change('POST /api/repositories', { repository: { name: 'last' } })).taskId)
    const once = agent(directory.path, server.token, '--once', '--repositories', 'site')
    assert.equal(await once.ended, 0, once.said)
    assert.match(once.said, /^site\.authz: replaced\n$/)
    const svnauthz = execFile('svnauthz', ['validate', joinPath(directory.path, 'site.authz')])
    assert.equal(await new Promise((resolve) => svnauthz.once('exit', resolve)), 0)
  })
})

/** Waits until a host's file of the repository says so. */
async function fileSays(directory: string, pattern: RegExp): Promise<void> {
  for (;;) {
    const text = await readFile(joinPath(directory, 'calc.authz'), 'utf8').catch(() => '')
    if (pattern.test(text)) return
    await delay(POLL_MS)
  }
}
