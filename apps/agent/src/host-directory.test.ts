import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { AgentError } from './agent-error.ts'
import { digestOf, HostDirectory } from './host-directory.ts'
import { BadFileError, type SyncDeps, syncFiles } from './sync-files.ts'

async function scratch(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'portreeve-agent-test-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

const MODE = { mode: 0o640 }

/** A server with these texts, and what syncing with it needs. */
function place(directory: HostDirectory, texts: Readonly<Record<string, string>>) {
  const files = Object.entries(texts).map(([name, text]) => ({
    repositoryId: name,
    name,
    sha256: digestOf(Buffer.from(text)),
  }))
  const reads: string[] = []
  const deps: SyncDeps = {
    directory,
    async readFile(name) {
      reads.push(name)
      return Buffer.from(texts[name] ?? '')
    },
    async check(file) {
      if ((await readFile(file, 'utf8')).startsWith('bad')) throw new BadFileError('it is bad')
    },
    only: undefined,
    gone: 'remove',
  }
  return { deps, reads, index: { files, etag: '"1"' } }
}

async function visible(path: string): Promise<string[]> {
  return (await readdir(path)).filter((name) => !name.startsWith('.')).toSorted()
}

test('fetches what differs alone, mends what was edited, and leaves what others put there', async () => {
  await using home = await scratch()
  using directory = await HostDirectory.open(home.path, MODE)
  await writeFile(join(home.path, 'foreign.authz'), 'mine')
  const { deps, reads, index } = place(directory, { one: 'first', two: 'second' })
  assert.deepEqual((await syncFiles(deps, index)).replaced, ['one.authz', 'two.authz'])
  await writeFile(join(home.path, 'two.authz'), 'edited by hand')
  await syncFiles(deps, index)
  assert.deepEqual(reads.toSorted(), ['one', 'two', 'two'])
  assert.equal(await readFile(join(home.path, 'two.authz'), 'utf8'), 'second')
  assert.equal((await stat(join(home.path, 'two.authz'))).mode & 0o777, 0o640)
  assert.deepEqual((await syncFiles(deps, { ...index, files: [] })).removed, ['one.authz', 'two.authz'])
  assert.deepEqual(await visible(home.path), ['foreign.authz'])
})

test('never puts a bad file in place, and keeps the last good one', async () => {
  await using home = await scratch()
  using directory = await HostDirectory.open(home.path, MODE)
  const good = place(directory, { one: 'good', two: 'good' })
  await syncFiles(good.deps, good.index)
  const bad = place(directory, { one: 'bad', two: 'better' })
  const { problems, replaced } = await syncFiles(bad.deps, bad.index)
  assert.match(problems.join(), /^one\.authz is not put in place, .*it is bad$/)
  assert.deepEqual(replaced, ['two.authz'])
  assert.equal(await readFile(join(home.path, 'one.authz'), 'utf8'), 'good')
  assert.deepEqual(await visible(home.path), ['one.authz', 'two.authz'])
})

test('puts nothing in place that is not what the index says', async () => {
  await using home = await scratch()
  using directory = await HostDirectory.open(home.path, MODE)
  const { deps, index } = place(directory, { one: 'whole' })
  const cut = { ...deps, readFile: async () => Buffer.from('who') }
  assert.match((await syncFiles(cut, index)).problems.join(), /another file than the index says/)
  assert.deepEqual(await visible(home.path), [])
})

test('replaces a link in the place of a file, and not what it points to', async () => {
  await using home = await scratch()
  await using elsewhere = await scratch()
  const target = join(elsewhere.path, 'target')
  await writeFile(target, 'text')
  await symlink(target, join(home.path, 'one.authz'))
  using directory = await HostDirectory.open(home.path, MODE)
  const { deps, index } = place(directory, { one: 'text' })
  await syncFiles(deps, index)
  assert.equal((await stat(target)).nlink, 1)
  assert.equal(await directory.digest('one.authz'), digestOf(Buffer.from('text')))
})

test('replaces a pipe in the place of a file without waiting for who writes to it', async () => {
  await using home = await scratch()
  using directory = await HostDirectory.open(home.path, MODE)
  execFileSync('mkfifo', [join(home.path, 'one.authz')])
  const { deps, index } = place(directory, { one: 'text' })
  await syncFiles(deps, index)
  assert.equal(await readFile(join(home.path, 'one.authz'), 'utf8'), 'text')
})

test('is for one agent at a time, remembers what it put there, and clears away what a crash left', async () => {
  await using home = await scratch()
  {
    using directory = await HostDirectory.open(home.path, MODE)
    await assert.rejects(HostDirectory.open(home.path, MODE), AgentError)
    const { deps, index } = place(directory, { one: 'text', '.hidden': 'text' })
    await syncFiles(deps, index)
  }
  await writeFile(join(home.path, '.portreeve-agent-0123456789ab'), 'half')
  using directory = await HostDirectory.open(home.path, MODE)
  assert.deepEqual([...directory.placed].toSorted(), ['.hidden.authz', 'one.authz'])
  assert.ok(!(await readdir(home.path)).includes('.portreeve-agent-0123456789ab'))
})
