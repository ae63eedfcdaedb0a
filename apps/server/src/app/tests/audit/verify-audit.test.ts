import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { ApiClient } from '../../testing/api-client.ts'
import { type AuditScene, startAuditScene } from '../../testing/audit-scene.ts'

const HASH = 'ab'.repeat(32)

async function verify(client: ApiClient, body: object = {}): Promise<readonly Record<string, unknown>[]> {
  const reply = await client.sendText('POST /api/audit/verify', JSON.stringify(body), {
    accept: 'application/x-ndjson',
    'content-type': 'application/json',
  })
  assert.equal(reply.status, 200, reply.text)
  return reply.text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** As somebody could who administers the database itself. */
async function tamper({ database }: AuditScene, command: string): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query({ name: '', text: 'set local session_replication_role = replica' })
    await tx.query({ name: '', text: command })
  })
}

test('tells how far it is, and in its last line that the chain is intact', async () => {
  await using scene = await startAuditScene()
  await scene.record(...Array.from({ length: 2100 }, () => ({})))
  await scene.seal()
  const lines = await verify(scene.root)
  assert.deepEqual(lines.slice(0, -1), [
    { checked: 2000, of: 2100 },
    { checked: 2100, of: 2100 },
  ])
  const { head, ...rest } = lines.at(-1) as { head: { seq: number; hash: string } }
  assert.equal(head.seq, 2100)
  assert.match(head.hash, /^[0-9a-f]{64}$/)
  assert.deepEqual(rest, { outcome: 'intact', checked: 2100, anchors: 0, break: null })
})

test('tells the first place that was tampered with', async () => {
  await using scene = await startAuditScene()
  await scene.record({}, {}, {})
  await scene.seal()
  await tamper(scene, `update audit_record set actor_name = 'eve' where id >= 2`)
  const last = (await verify(scene.root)).at(-1) as { outcome: string; break: { message: string } }
  assert.equal(last.outcome, 'broken')
  assert.match(last.break.message, /^Record 2, number 2 of the chain/)
})

test('only a superadmin with the flag may verify', async () => {
  await using scene = await startAuditScene()
  const admin = await scene.signIn({ role: 'admin', flags: ['allow_view_audit'] })
  const superadmin = await scene.signIn({ role: 'superadmin' })
  const outcomeOf = async (client: ApiClient) => {
    const { status, text } = await client.send('POST /api/audit/verify', undefined, { accept: '*/*' })
    return `${status} ${/[a-z_]+\.[a-z_]+/.exec(text)?.[0]}`
  }
  assert.equal(await outcomeOf(admin), '403 audit.superadmin_only')
  assert.equal(await outcomeOf(superadmin), '403 access.flag_missing')
  assert.match(await outcomeOf(scene.anonymous), /^401/)
})

test('refuses anchors that are none, naming what is wrong', async () => {
  await using scene = await startAuditScene()
  for (const anchor of [{ seq: 0, hash: HASH }, { seq: 1, hash: 'x' }, { seq: 1 }, { seq: 1, hash: HASH, time: 1 }]) {
    const { status, text } = await scene.root.sendText(
      'POST /api/audit/verify',
      JSON.stringify({ anchors: [anchor] }),
      {
        accept: '*/*',
        'content-type': 'application/json',
      },
    )
    assert.equal(status, 400)
    assert.match(text, /anchors/)
  }
})

test('seals and anchors by itself, and once more what happens after it', { timeout: 60_000 }, async () => {
  await using scene = await startAuditScene()
  await scene.record({}, {})
  await using _sealing = scene.start()
  const sealedUpTo = async (seq: number) => {
    for (;;) {
      const { records } = JSON.parse((await scene.root.send('GET /api/audit?pageSize=1')).text)
      if (records[0].seq === seq) return
    }
  }
  await sealedUpTo(2)
  await scene.record({ at: new Date() })
  await sealedUpTo(3)
  assert.match(scene.anchors[0] ?? '', /^2 [0-9a-f]{64} \S+Z 2$/)
})

const CLI = fileURLToPath(new URL('../../../../../cli/src/audit.ts', import.meta.url))

function runCli(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [CLI, ...args], (_error, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err })
    })
  })
}

test('npm run audit: exits with 0 for what is intact, 3 for what is not, 1 where that cannot be told', async () => {
  await using scene = await startAuditScene()
  await using directory = await mkdtempDisposable(join(tmpdir(), 'portreeve-audit-'))
  const { token } = await scene.signIn({ role: 'superadmin', flags: ['allow_view_audit'] })
  await scene.record({}, {}, {})
  await scene.seal()
  const { hash } = ((await verify(scene.root)).at(-1) as { head: { hash: string } }).head
  const anchors = join(directory.path, 'anchors')
  await writeFile(anchors, `3 ${hash} 2026-01-01T00:00:00.000Z 3\n`)
  const verifyWith = (...more: string[]) => runCli(['verify', `--url=${scene.url}`, `--token=${token}`, ...more])

  const intact = await verifyWith('--anchors', anchors)
  assert.deepEqual([intact.code, intact.err], [0, ''])
  assert.match(intact.out, /intact: 3 records up to [0-9a-f]{64}; compared with 1 anchors/)

  await tamper(scene, 'delete from audit_record where id = 3')
  await tamper(scene, 'delete from audit_seal where seq = 3')
  assert.equal((await verifyWith()).code, 0)
  const cut = await verifyWith('--anchors', anchors)
  assert.equal(cut.code, 3)
  assert.match(cut.out, /NOT INTACT \(tail_missing\)/)

  const refused = await runCli(['verify', `--url=${scene.url}`, '--token=wrong'])
  assert.equal(refused.code, 1)
  await writeFile(anchors, 'nothing\n')
  assert.match((await verifyWith('--anchors', anchors)).err, /no anchor/)
})
