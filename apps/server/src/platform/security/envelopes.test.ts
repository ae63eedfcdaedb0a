import assert from 'node:assert/strict'
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Envelopes } from './envelopes.ts'
import { KeyRing } from './key-ring.ts'
import { LocalKeys } from './local-keys.ts'
import { MasterKeyFile } from './master-key.ts'

async function startKeys() {
  const directory = await mkdtempDisposable(join(tmpdir(), 'portreeve-envelopes-'))
  const file = new MasterKeyFile(join(directory.path, 'master.key'))
  await file.make()
  const keys = new LocalKeys(file)
  return {
    file,
    keys,
    envelopes: new Envelopes(keys),
    another: () => new LocalKeys(file),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  }
}

test('opens what was sealed, for the record it was sealed for, on every node that has the file', async () => {
  await using scene = await startKeys()
  for (const secret of ['', 'hunter2', 'pässwörd ✓', 'x'.repeat(10_000)]) {
    const envelope = await scene.envelopes.seal(secret, 'credential 1')
    assert.equal(await new Envelopes(scene.another()).open(envelope, 'credential 1'), secret)
    await assert.rejects(scene.envelopes.open(envelope, 'credential 2'), { code: 'master_key.damaged' })
  }
})

test('gives every secret a key of its own: neither secret nor key opens in another envelope of the same record', async () => {
  await using scene = await startKeys()
  const one = await scene.envelopes.seal('hunter2', 'r')
  const other = await scene.envelopes.seal('hunter2', 'r')
  assert.notEqual(one.sealed, other.sealed)
  await assert.rejects(scene.envelopes.open({ ...one, key: other.key }, 'r'), { code: 'envelope.not_authentic' })
})

test('does not open when a bit of the secret or of its key was changed', async () => {
  await using scene = await startKeys()
  const envelope = await scene.envelopes.seal('hunter2', 'r')
  const flip = (text: string, at: number) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
  for (let at = 3; at < envelope.sealed.length - 1; at++) {
    const forged = { ...envelope, sealed: flip(envelope.sealed, at) }
    await assert.rejects(scene.envelopes.open(forged, 'r'), { code: 'envelope.not_authentic' })
  }
  for (let at = 0; at < envelope.key.wrapped.length - 1; at++) {
    const forged = { ...envelope, key: { ...envelope.key, wrapped: flip(envelope.key.wrapped, at) } }
    await assert.rejects(scene.envelopes.open(forged, 'r'), { code: 'master_key.damaged' })
  }
})

test('wraps with a new key as soon as it is made, on every node, and still opens what the former one wrapped', async () => {
  await using scene = await startKeys()
  const other = scene.another()
  const before = await scene.envelopes.seal('hunter2', 'r')
  assert.equal(await other.currentKeyId(), before.key.keyId)
  const renewed = await scene.keys.renew()
  assert.notEqual(renewed, before.key.keyId)
  assert.equal((await other.wrap(new Uint8Array(32), 'r')).keyId, renewed)
  const after = await scene.envelopes.seal('hunter3', 'r')
  assert.equal(await new Envelopes(other).open(after, 'r'), 'hunter3')
  assert.equal(await scene.envelopes.open(before, 'r'), 'hunter2')
})

test('names the key that is missing, and those that are there', async () => {
  await using scene = await startKeys()
  const envelope = await scene.envelopes.seal('hunter2', 'r')
  const had = await scene.keys.currentKeyId()
  await using stranger = await startKeys()
  const has = await stranger.keys.currentKeyId()
  await assert.rejects(stranger.envelopes.open(envelope, 'r'), {
    code: 'master_key.wrong',
    message: new RegExp(`master key ${had}, and the file .* holds ${has}`),
  })
  // Nothing of what keys are made of is in what they are called.
  assert.doesNotMatch(await readFile(scene.file.path, 'utf8'), new RegExp(had))
})

test('lets one key service take over from another, and says which one is missing', async () => {
  await using scene = await startKeys()
  const envelope = await scene.envelopes.seal('hunter2', 'r')
  await using later = await startKeys()
  const named = { owns: (id: string) => id === 'other:1', currentKeyId: async () => 'other:1' }
  const other = { ...named, renew: named.currentKeyId, wrap: async () => ({ keyId: 'other:1', wrapped: '' }) }
  const service = { ...other, unwrap: async () => new Uint8Array(32) }
  const ring = new KeyRing(service, scene.keys)
  assert.equal(await new Envelopes(ring).open(envelope, 'r'), 'hunter2')
  assert.equal((await ring.wrap(new Uint8Array(32), 'r')).keyId, 'other:1')
  await assert.rejects(new KeyRing(later.keys).unwrap({ keyId: 'command:1', wrapped: '' }, 'r'), {
    code: 'key_ring.no_service',
  })
})

test('takes a key that was put into the file by hand', async () => {
  await using scene = await startKeys()
  await using other = await startKeys()
  const envelope = await other.envelopes.seal('hunter2', 'r')
  await writeFile(
    scene.file.path,
    (await readFile(scene.file.path, 'utf8')) + (await readFile(other.file.path, 'utf8')),
  )
  assert.equal(await scene.envelopes.open(envelope, 'r'), 'hunter2')
})
