import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtempDisposable, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { Database } from './database.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { openDatabase } from './open-database.ts'
import { statement } from './statement.ts'

const log = { info: () => undefined, warn: () => undefined }
const start = (dataDir: string) => startEmbeddedPostgres({ dataDir, log, durability: 'scratch' })

const one = statement<{ one: number }>('embedded-test.one', 'select 1 as one')
const make = statement('embedded-test.make', 'create table kept (id int)')
const add = statement('embedded-test.add', 'insert into kept values (1)')
const read = statement<{ id: number }>('embedded-test.read', 'select id from kept')

/** Every account may pass, as through the directories people install servers in. */
async function openDirectory(prefix = 'portreeve-embedded-') {
  const directory = await mkdtempDisposable(join(tmpdir(), prefix))
  await chmod(directory.path, 0o755)
  return directory
}

/** Asks until the database answers again; the test's own time limit bounds it. */
async function untilAnswering(db: Database): Promise<void> {
  for (;;) {
    const answered = await db.query(one).then(
      () => true,
      () => false,
    )
    if (answered) return
    await turn()
  }
}

async function kill(postgres: EmbeddedPostgres): Promise<void> {
  // It answers a moment before its supervisor knows that it is ready.
  while (postgres.pid === undefined) await turn()
  const { pid } = postgres
  process.kill(pid, 'SIGKILL')
  while (postgres.pid === pid) await turn()
}

/** Another Portreeve on the directory commits, and is killed without a chance to stop its PostgreSQL, whose process remains. */
async function leaveOrphan(dataDir: string): Promise<number> {
  const program = `
    import { startEmbeddedPostgres } from ${JSON.stringify(import.meta.resolve('./embedded-postgres.ts'))}
    import { openDatabase } from ${JSON.stringify(import.meta.resolve('./open-database.ts'))}
    const log = { info: () => undefined, warn: () => undefined }
    const { url, pid } = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log })
    const db = openDatabase({ url })
    await db.query({ name: 'make', text: 'create table kept (id int)' })
    await db.query({ name: 'add', text: 'insert into kept values (1)' })
    console.log(pid)
    setInterval(() => {}, 1000)`
  const first = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [orphan] = await once(first.stdout, 'data')
  first.kill('SIGKILL')
  await once(first, 'exit')
  return Number(orphan)
}

async function takesOver(dataDir: string): Promise<void> {
  const orphan = await leaveOrphan(dataDir)
  await using postgres = await start(dataDir)
  assert.notEqual(postgres.pid, orphan)
  await using db = openDatabase({ url: postgres.url })
  assert.deepEqual(await db.query(read), [{ id: 1 }])
}

test('sets up a UTF-8 cluster that sorts by code point and listens on a private socket only', async () => {
  await using directory = await openDirectory()
  await using postgres = await start(directory.path)
  await using db = openDatabase({ url: postgres.url })
  const [facts] = await db.query(
    statement<Record<string, unknown>>(
      'embedded-test.facts',
      `select current_setting('server_encoding') as encoding, current_setting('listen_addresses') as addresses,
              'Z' < 'a' and 'z' < 'ä' as by_code_point, upper('ä') as upper`,
    ),
  )
  assert.deepEqual(facts, { encoding: 'UTF8', addresses: '', by_code_point: true, upper: 'Ä' })
  const home = join(directory.path, 'postgres')
  assert.equal((await stat(join(home, 'password'))).mode & 0o777, 0o600)
  assert.equal((await stat(join(home, 'run'))).mode & 0o777, 0o700)
  const wrong = openDatabase({ url: postgres.url.replace(/:[^:@]+@/, ':wrong@') })
  await using _ = wrong
  await assert.rejects(wrong.query(one), { code: 'database.unavailable' })
})

test('keeps its data from one start to the next, and is stopped in between', async () => {
  await using directory = await openDirectory()
  {
    await using postgres = await start(directory.path)
    await using db = openDatabase({ url: postgres.url })
    await db.query(make)
    await db.query(add)
  }
  await assert.rejects(stat(join(directory.path, 'postgres/cluster/postmaster.pid')), { code: 'ENOENT' })
  await using postgres = await start(directory.path)
  await using db = openDatabase({ url: postgres.url })
  assert.deepEqual(await db.query(read), [{ id: 1 }])
})

test('comes back by itself after a kill, and so does the pool', async () => {
  await using directory = await openDirectory()
  await using postgres = await start(directory.path)
  await using db = openDatabase({ url: postgres.url })
  await db.query(one)
  for (let round = 0; round < 2; round += 1) {
    await kill(postgres)
    await untilAnswering(db)
  }
})

test('stops while it is down and about to come back', async () => {
  await using directory = await openDirectory()
  const postgres = await start(directory.path)
  await kill(postgres)
  await postgres[Symbol.asyncDispose]()
  assert.equal(postgres.pid, undefined)
})

test('takes over from a process that was killed, with everything it had committed', async () => {
  await using directory = await openDirectory()
  await takesOver(directory.path)
})

test('is not fooled by a process file whose number now is a stranger’s', async () => {
  await using directory = await openDirectory()
  await (await start(directory.path))[Symbol.asyncDispose]()
  const stranger = spawn('sleep', ['600'], { stdio: 'ignore' })
  const cluster = join(directory.path, 'postgres', 'cluster')
  await writeFile(join(cluster, 'postmaster.pid'), `${stranger.pid}\n${cluster}\n1\n5432\n\n\n\nready\n`)
  await using postgres = await start(directory.path)
  await using db = openDatabase({ url: postgres.url })
  assert.deepEqual(await db.query(one), [{ one: 1 }])
  assert.equal(stranger.exitCode, null)
  stranger.kill()
})

test('begins anew where setting up was interrupted', async () => {
  await using directory = await openDirectory()
  const unfinished = join(directory.path, 'postgres', 'cluster.new')
  await mkdir(unfinished, { recursive: true })
  await writeFile(join(unfinished, 'PG_VERSION'), '18\n')
  await using postgres = await start(directory.path)
  assert.ok(postgres.pid)
})

test('falls back to a loopback port where the socket’s path would be too long', async () => {
  await using directory = await openDirectory(`portreeve-${'long'.repeat(20)}-`)
  await using postgres = await start(directory.path)
  assert.equal(new URL(postgres.url).hostname, '127.0.0.1')
  await using db = openDatabase({ url: postgres.url })
  assert.deepEqual(await db.query(one), [{ one: 1 }])
})

test('says what is lost when the password file is gone', async () => {
  await using directory = await openDirectory()
  await (await start(directory.path))[Symbol.asyncDispose]()
  await rm(join(directory.path, 'postgres', 'password'))
  await assert.rejects(start(directory.path), { code: 'embedded_postgres.no_password' })
})

const skip = process.getuid?.() === 0 ? false : 'only root hands PostgreSQL to another account'

/** Whether the account may run the programs where they are: a checkout may lie below a closed directory itself. */
async function mayRun({ pid }: EmbeddedPostgres, uid: number): Promise<boolean> {
  const program = await readlink(`/proc/${pid}/exe`)
  return spawnSync('test', ['-x', program], { uid, gid: uid, cwd: '/' }).status === 0
}

test('as root, runs as the account that owns the cluster, without any privilege it can do without', {
  skip,
}, async () => {
  await using directory = await openDirectory()
  await using postgres = await start(directory.path)
  const { uid } = await stat(join(directory.path, 'postgres'))
  assert.notEqual(uid, 0)
  if (process.platform === 'linux') {
    const { user, held } = await privilegesOf(postgres)
    assert.equal(user, uid)
    if (await mayRun(postgres, uid)) assert.equal(held, 0n)
    else assert.match(held.toString(2), /^10*$/)
  }
})

const hasSetpriv = spawnSync('setpriv', ['--version']).status === 0
const skipClosed = skip || (hasSetpriv ? false : 'only setpriv lends a capability')

/** As mkdtemp makes it, and as root's home is: closed to everybody else. */
const closedDirectory = () => mkdtempDisposable(join(tmpdir(), 'portreeve-closed-'))

interface Privileges {
  readonly user: number
  /** Sets of capabilities, a bit for each: those it has, and those it could ever come to have. */
  readonly held: bigint
  readonly attainable: bigint
}

async function privilegesOf({ pid }: EmbeddedPostgres): Promise<Privileges> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const field = (name: string) => status.match(new RegExp(`^${name}:\\s+(\\S+)`, 'm'))?.[1] ?? ''
  return {
    user: Number(field('Uid')),
    held: BigInt(`0x${field('CapPrm')}`),
    attainable: BigInt(`0x${field('CapBnd')}`),
  }
}

test('as root in a closed directory, starts and starts again as another account with one capability', {
  skip: skipClosed,
}, async () => {
  await using directory = await closedDirectory()
  for (let round = 0; round < 2; round += 1) {
    await using postgres = await start(directory.path)
    await using db = openDatabase({ url: postgres.url })
    assert.deepEqual(await db.query(one), [{ one: 1 }])
    const { user, held, attainable } = await privilegesOf(postgres)
    assert.notEqual(user, 0)
    assert.match(held.toString(2), /^10*$/)
    assert.equal(attainable, held)
  }
  const cluster = await stat(join(directory.path, 'postgres', 'cluster'))
  assert.notEqual(cluster.uid, 0)
  assert.equal(cluster.mode & 0o777, 0o700)
})

test('as root in a closed directory, comes back after a kill, and stops', { skip: skipClosed }, async () => {
  await using directory = await closedDirectory()
  {
    await using postgres = await start(directory.path)
    await using db = openDatabase({ url: postgres.url })
    await kill(postgres)
    await untilAnswering(db)
  }
  await assert.rejects(stat(join(directory.path, 'postgres/cluster/postmaster.pid')), { code: 'ENOENT' })
})

test('as root in a closed directory, takes over from a process that was killed', { skip: skipClosed }, async () => {
  await using directory = await closedDirectory()
  await takesOver(directory.path)
})

/** The error of a start (or null) by root without some of its capabilities, as in many a container. */
async function startWithout(capabilities: string, dataDir: string): Promise<{ code: string; message: string } | null> {
  const program = `
    import { startEmbeddedPostgres } from ${JSON.stringify(import.meta.resolve('./embedded-postgres.ts'))}
    const log = { info: () => undefined, warn: () => undefined }
    const started = startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log })
    const outcome = await started.then(
      async (postgres) => (await postgres[Symbol.asyncDispose](), null),
      ({ code, message }) => ({ code, message }),
    )
    console.log(JSON.stringify(outcome))`
  const node = [process.execPath, '--input-type=module', '--eval', program]
  const child = spawn('setpriv', [`--bounding-set=${capabilities}`, ...node], { stdio: ['ignore', 'pipe', 'inherit'] })
  return JSON.parse(await text(child.stdout))
}

for (const capabilities of ['-dac_override', '-dac_override,-dac_read_search']) {
  test(`as root stripped of ${capabilities}, names the directory that closes the way`, {
    skip: skipClosed,
  }, async () => {
    await using directory = await openDirectory()
    const closed = join(directory.path, 'closed')
    await mkdir(closed, { mode: 0o700 })
    const error = await startWithout(capabilities, join(closed, 'data'))
    assert.equal(error?.code, 'embedded_postgres.unreachable')
    assert.ok(error.message.includes(`"chmod o+x ${closed}"`), error.message)
  })
}

test('as root with the capabilities Docker gives, takes over from a process that was killed', {
  skip: skipClosed,
}, async () => {
  await using directory = await closedDirectory()
  await leaveOrphan(directory.path)
  assert.equal(await startWithout('-sys_ptrace,-dac_read_search', directory.path), null)
})
