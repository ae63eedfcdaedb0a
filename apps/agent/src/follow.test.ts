import assert from 'node:assert/strict'
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { type FileIndex, type FileIndexOptions, PortreeveError, UnreachableError } from '@portreeve/client'
import { AgentError, TokenRefusedError } from './agent-error.ts'
import { type FollowDeps, follow, syncOnce } from './follow.ts'
import { digestOf, HostDirectory } from './host-directory.ts'

const AWAY = new UnreachableError('http://127.0.0.1:1', {})
const TOKEN_ENDED = new PortreeveError({ status: 401, code: 'auth.token', message: 'no', requestId: undefined })
const UNCHANGED = undefined

/** What the server answers to one look; the text is that of the file `one`. */
type Answer = { readonly text: string; readonly etag?: string } | Error | undefined

interface Look {
  readonly waitS: number | undefined
  readonly etag: string | undefined
}

/** A server that gives these answers, after which the agent is stopped; pauses end at once and are noted. */
async function place(...answers: readonly Answer[]) {
  const home = await mkdtempDisposable(join(tmpdir(), 'portreeve-agent-test-'))
  const directory = await HostDirectory.open(home.path, { mode: 0o644 })
  const [looks, paused, said, warned]: [Look[], number[], string[], string[]] = [[], [], [], []]
  const stopping = new AbortController()
  const coming = answers.values()
  let text = ''
  async function findIndex({ waitS, etag }: FileIndexOptions = {}): Promise<FileIndex | undefined> {
    looks.push({ waitS, etag })
    const { value: answer, done } = coming.next()
    if (done) {
      stopping.abort()
      throw new DOMException('stopped', 'AbortError')
    }
    if (answer instanceof Error) throw answer
    if (!answer) return undefined
    text = answer.text
    const files = [{ repositoryId: '1', name: 'one', sha256: digestOf(Buffer.from(text)) }]
    return { files, etag: answer.etag ?? text }
  }
  const deps: FollowDeps = {
    files: { findIndex },
    directory,
    readFile: async () => Buffer.from(text),
    check: async () => undefined,
    only: undefined,
    gone: 'remove',
    waitS: 30,
    signal: stopping.signal,
    chance: () => 0.5,
    pause: async (forMs) => void paused.push(forMs),
    say: (line) => said.push(line),
    warn: (line) => warned.push(line),
  }
  return {
    deps,
    looks,
    said,
    warned,
    /** Without those that pace looks which came to nothing. */
    backedOff: () => paused.filter((forMs) => forMs !== PACE_MS),
    file: join(home.path, 'one.authz'),
    async [Symbol.asyncDispose]() {
      directory[Symbol.dispose]()
      await home[Symbol.asyncDispose]()
    },
  }
}

const PACE_MS = 1000

test('asks for another index than the one it knows, and waits for it', async () => {
  await using scene = await place({ text: 'first' }, UNCHANGED, { text: 'second' })
  await follow(scene.deps)
  assert.deepEqual(scene.looks, [
    { waitS: 30, etag: undefined },
    { waitS: 30, etag: 'first' },
    { waitS: 30, etag: 'first' },
    { waitS: 30, etag: 'second' },
  ])
  assert.equal(await readFile(scene.file, 'utf8'), 'second')
  assert.deepEqual(scene.said, ['one.authz: replaced', 'In step with the server.', 'one.authz: replaced', 'Stopped.'])
})

test('keeps the files while the server is away, tries again ever more seldom, and says so once', async () => {
  await using scene = await place({ text: 'good' }, AWAY, AWAY, AWAY, { text: 'better' }, AWAY)
  const atFirst = scene.deps.files.findIndex
  const seen: string[] = []
  const files: FollowDeps['files'] = {
    async findIndex(options) {
      seen.push(await readFile(scene.file, 'utf8').catch(() => 'none'))
      return await atFirst(options)
    },
  }
  await follow({ ...scene.deps, files })
  assert.deepEqual(seen, ['none', 'good', 'good', 'good', 'good', 'better', 'better'])
  // It begins anew after an answer; the last one is for the look that the stop ended.
  assert.deepEqual(scene.backedOff(), [375, 750, 1500, 375, 750])
  assert.equal(scene.warned[0], 'No answer from http://127.0.0.1:1. The files stay as they are; trying again.')
  assert.equal(scene.warned.length, 2)
  assert.equal(scene.said.filter((line) => line === 'In step with the server.').length, 2)
})

test('after a failure it looks at once whether the server is back', async () => {
  await using scene = await place(AWAY, { text: 'good' })
  await follow(scene.deps)
  assert.deepEqual(
    scene.looks.map(({ waitS }) => waitS),
    [30, 0, 30],
  )
})

test('mends an edit by hand although the server has no news', async () => {
  await using scene = await place({ text: 'good' }, UNCHANGED)
  const { findIndex } = scene.deps.files
  const files: FollowDeps['files'] = {
    async findIndex(options) {
      const found = await findIndex(options)
      await writeFile(scene.file, 'edited')
      return found
    },
  }
  await follow({ ...scene.deps, files })
  assert.equal(await readFile(scene.file, 'utf8'), 'good')
})

test('does not hurry when somebody in between has every look answered with what is known', async () => {
  const same = { text: 'good', etag: '"1-gzip"' }
  await using scene = await place(same, same)
  const pace = Promise.withResolvers<void>()
  const following = follow({ ...scene.deps, pause: () => pace.promise })
  while (scene.looks.length < 2) await new Promise(setImmediate)
  // Longer than a look takes: it reads one file.
  for (let turn = 0; turn < 50; turn++) await readFile(scene.file)
  assert.equal(scene.looks.length, 2)
  pace.resolve()
  await following
})

test('ends when the server refuses the token, whichever call says so, and leaves the files', async () => {
  await using scene = await place({ text: 'good' }, TOKEN_ENDED)
  await assert.rejects(follow(scene.deps), TokenRefusedError)
  assert.equal(await readFile(scene.file, 'utf8'), 'good')
  await using other = await place({ text: 'good' }, { text: 'better' })
  const readText = () => Promise.reject(TOKEN_ENDED)
  await assert.rejects(
    follow({ ...other.deps, readFile: readText }),
    /The server refuses the token \(401 auth\.token\)/,
  )
  await using once = await place({ text: 'good' })
  await assert.rejects(syncOnce({ ...once.deps, readFile: readText }), TokenRefusedError)
})

test('one look ends with what is wrong, after all else is done', async () => {
  await using scene = await place({ text: 'good' })
  const cut = async () => Buffer.from('goo')
  await assert.rejects(
    syncOnce({ ...scene.deps, readFile: cut }),
    (error) =>
      error instanceof AgentError &&
      !(error instanceof TokenRefusedError) &&
      /one\.authz is another file/.test(error.message),
  )
})
