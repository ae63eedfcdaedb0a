import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { PortreeveClient } from '@portreeve/client'
import { membersOf, parseAuthz } from '@portreeve/svn-authz'
import { compareEverywhere, compareSample, findRefused, readPublished } from '../tools/compare-with-original.ts'
import { measureSvnLs } from '../tools/measure-svn-ls.ts'
import { type ScratchServer, startScratchServer } from '../tools/scratch-server.ts'

const LOAD = fileURLToPath(new URL('../apps/cli/src/load.ts', import.meta.url))
const FOUNDATION = fileURLToPath(new URL('../fixtures/foundation.authz', import.meta.url))
const REPOSITORIES = ['main', 'infra', 'private']
const SAMPLE_SIZE = 100
const LS_RUNS = 10

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the loader as one would by hand. */
function load({ url, token }: ScratchServer, file: string, ...options: string[]): Promise<Outcome> {
  const env = { ...process.env, PORTREEVE_TOKEN: token }
  return new Promise((resolve) => {
    execFile(process.execPath, [LOAD, file, '--url', url, ...options], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

test('after a load Subversion gives every account the same answers as by the original file', async (t) => {
  await using server = await startScratchServer()
  const first = await load(server, FOUNDATION, '--repository', REPOSITORIES.join(','))
  assert.equal(first.code, 0, first.stderr)
  t.diagnostic(first.stdout)
  const original = await readFile(FOUNDATION, 'utf8')
  const published = await readPublished(server.authzDir, REPOSITORIES)
  assert.deepEqual(await findRefused(published), [])

  const everywhere = await compareEverywhere({ original, published })
  assert.deepEqual(everywhere.differences, [])
  assert.ok(everywhere.checks > 4_000_000)
  assert.deepEqual((await compareSample({ original, published }, SAMPLE_SIZE)).differences, [])

  const again = await load(server, FOUNDATION, '--repository', REPOSITORIES.join(','))
  assert.match(again.stdout, /^Created 0 repositories, 0 users, 0 teams, 0 resources, 0 rules, 0 permissions/)
  assert.deepEqual(await readPublished(server.authzDir, REPOSITORIES), published)

  const [user = ''] = membersOf(parseAuthz(original), 'svnadmins')
  const files = { original, ours: published.get('main') ?? '' }
  const medians = await measureSvnLs({ files, repository: 'main', user, runs: LS_RUNS })
  const [theirs = Number.NaN, ours = Number.NaN] = [medians.get('original'), medians.get('ours')]
  const ratio = (ours / theirs).toFixed(2)
  t.diagnostic(`svn ls: original ${theirs.toFixed(0)} ms, ours ${ours.toFixed(0)} ms, ratio ${ratio}`)
})

const SMALL = '[groups]\ninfra = ann, bob\n[/]\n* =\n@infra = rw\n'
const GROWN = `[groups]
infra = ann, bob, cy
[/]
* =
@infra = rw
[/docs]
@infra = r
dee = rw
* = r
`

test('a load builds on what is there, and refuses a file that contradicts it before changing anything', async () => {
  await using server = await startScratchServer()
  await using directory = await mkdtempDisposable(join(tmpdir(), 'portreeve-load-'))
  const loadText = async (text: string) => {
    const file = join(directory.path, 'some.authz')
    await writeFile(file, text)
    return await load(server, file, '--repository', 'main')
  }
  assert.equal((await loadText(SMALL)).code, 0)
  assert.equal((await loadText(GROWN)).code, 0)
  const published = await readPublished(server.authzDir, ['main'])
  assert.deepEqual((await compareEverywhere({ original: GROWN, published })).differences, [])

  const client = new PortreeveClient({ baseUrl: server.url, token: server.token })
  const team = await client.teams.create({ name: 'Writers' })
  await client.rules.create(team.entityId, { ruleName: 'read-write', audience: 'everyone' })
  const refused = await loadText('[groups]\nwriters = eve\n[/docs]\n@writers = rw\n')
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /^Nothing was changed\.\nRule "read-write" of team "writers" has the audience everyone/)
  const usernames = await Array.fromAsync(client.users.list(), ({ username }) => username)
  assert.ok(!usernames.includes('eve'))
})

test('a load without a repository to load into, a token that holds, or a server says so', async () => {
  await using server = await startScratchServer()
  const nowhere = await load(server, FOUNDATION, '--url', 'http://127.0.0.1:1')
  assert.deepEqual([nowhere.code, nowhere.stdout], [1, ''])
  assert.match(nowhere.stderr, /No answer from http:\/\/127\.0\.0\.1:1/)
  const refused = await load(server, FOUNDATION, '--token', 'ptr_wrong')
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /request /)
})
