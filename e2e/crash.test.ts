import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
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
import { type ScratchServer, startScratchServer } from '../tools/scratch-server.ts'
import { validateWithSvnauthz } from '../tools/svn-oracle/ask-svnauthz.ts'
import { assertFileEqualsState, Ledger, writeUntilKilled } from './crash-ledger.ts'

const KILLS = 50
const WRITERS = 8
/** The server is killed after so many acknowledgements at the most, and so much later, to meet it at any point. */
const MOST_ACKNOWLEDGED = 40
const LATEST_MS = 40

let server: ScratchServer
before(async () => {
  // Its log tells of every publication that a kill has cut short.
  server = await startScratchServer({ logLevel: 'error' })
})
after(() => server?.[Symbol.asyncDispose]())

/** The published files, by the repository's name. */
async function publishedFiles(): Promise<Map<string, string>> {
  const names = (await readdir(server.authzDir)).filter((name) => !name.startsWith('.'))
  const texts = await Promise.all(names.map((name) => readFile(joinPath(server.authzDir, name), 'utf8')))
  return new Map(names.map((name, index) => [name.replace(/\.authz$/, ''), texts[index] ?? '']))
}

/** Waits until everything committed so far is in the files: a change that touches one is enforced after all before it. */
async function allEnforced(api: ApiClient, probe: string): Promise<void> {
  const { taskId } = await api.change('POST /api/repositories', { repository: { name: probe } })
  await api.enforced(taskId)
}

/** Kills the server at a random moment while all writers are at work. */
async function killAmidWrites(api: ApiClient, ledger: Ledger, round: number): Promise<void> {
  let left = Math.ceil(Math.random() * MOST_ACKNOWLEDGED)
  let killed: Promise<void> | undefined
  const onAcknowledged = (): void => {
    left -= 1
    if (left > 0 || killed) return
    killed = delay(Math.random() * LATEST_MS).then(() => server.kill('SIGKILL'))
  }
  const writers = Array.from({ length: WRITERS }, (_, index) =>
    writeUntilKilled({ api, ledger, repository: `calc-${round % 2}`, name: `w${round}-${index}`, onAcknowledged }),
  )
  await Promise.all(writers)
  await killed
}

test(`${KILLS} kills amid writes lose nothing acknowledged and leave every file whole and true`, async () => {
  const api = new ApiClient(server)
  const ledger = new Ledger()
  for (const name of ['calc-0', 'calc-1']) await makeRepository(api, name)
  for (let round = 0; round < KILLS; round += 1) {
    const known = ledger.entries.length
    await killAmidWrites(api, ledger, round)
    const [accepted] = await Promise.all([
      validateWithSvnauthz([...(await publishedFiles()).values()]),
      server.restart(),
    ])
    assert.ok(accepted.every(Boolean), 'A file was left in pieces.')
    await ledger.assertNothingLost(api)
    await allEnforced(api, `probe-${round}`)
    const repository = `calc-${round % 2}`
    const text = (await publishedFiles()).get(repository) ?? ''
    await assertFileEqualsState(api, { text, repository }, ledger.entries.slice(known))
  }
  await ledger.assertAllThere(api)
  const files = await publishedFiles()
  for (const repository of ['calc-0', 'calc-1']) {
    const entries = ledger.entries.filter(
      ({ username }) => Number(username.match(/\d+/)) % 2 === Number(repository.at(-1)),
    )
    await assertFileEqualsState(api, { text: files.get(repository) ?? '', repository }, entries)
  }
  assert.deepEqual(
    (await readdir(server.authzDir)).filter((name) => name.startsWith('.')),
    [],
  )
})

/** Somebody who may write everywhere in a repository of their own. */
async function makeOwner(api: ApiClient, name: string) {
  await makeRepository(api, name)
  const [team, user] = [await makeTeam(api, name), await makeUser(api, name)]
  await join(api, team, [user])
  const resource = await makeResource(api, { team, repository: name })
  const rule = await makeRule(api, { team, name, members: [user] })
  const taskId = await permit(api, { team, rule, permissions: [{ resource, type: 'READ_WRITE' }] })
  await api.enforced(taskId)
  return { team, rule, resource, file: joinPath(server.authzDir, `${name}.authz`) }
}

test('what a crash kept from being published is published at the next start', async () => {
  const api = new ApiClient(server)
  const { team, rule, resource, file } = await makeOwner(api, 'unpublished')
  // Nothing can be renamed over a directory: so the change is committed, and cannot be published.
  await rm(file)
  await mkdir(file)
  const permissions = [{ resource, type: 'NONE', path: 'secret' } as const]
  const taskId = await permit(api, { team, rule, permissions })
  assert.equal((await api.get(`/api/task/${taskId}`))['enforced'], 'false')
  await server.kill('SIGKILL')
  await rm(file, { recursive: true })
  await server.restart()
  await api.enforced(taskId)
  assert.match(await readFile(file, 'utf8'), /secret\]/)
})

test('a change that is acknowledged the moment the server is killed is in the file after the next start', async () => {
  const api = new ApiClient(server)
  const { team, rule, resource, file } = await makeOwner(api, 'at-once')
  for (const path of ['a', 'b', 'c']) {
    const taskId = await permit(api, { team, rule, permissions: [{ resource, type: 'READ', path }] })
    await server.kill('SIGKILL')
    await server.restart()
    await api.enforced(taskId)
    assert.match(await readFile(file, 'utf8'), new RegExp(`/${path}\\]`))
  }
})

test('files that were changed, deleted or left half written are put right at the start', async () => {
  const api = new ApiClient(server)
  const [changed, deleted] = [await makeOwner(api, 'changed'), await makeOwner(api, 'deleted')]
  const before = await publishedFiles()
  await server.kill('SIGTERM')
  await writeFile(changed.file, '[/]\n* = rw\n')
  await rm(deleted.file)
  const leftover = joinPath(server.authzDir, '.changed.authz.0123456789ab')
  await writeFile(leftover, '[/]\n* = ')
  await server.restart()
  assert.deepEqual(await publishedFiles(), before)
  assert.ok(!(await readdir(server.authzDir)).some((name) => name.startsWith('.')))
})
