import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ClientConnector } from './client-store.ts'
import { SecretLookup } from './secret-lookup.ts'

/** A table of connectors 1 to 9, whose secret is their number; each read waits to be let go on. */
function table() {
  const reads: { readonly secrets: number[]; goOn(): void; fail(error: Error): void }[] = []
  const findBySecrets = (hashes: readonly Uint8Array[]) =>
    new Promise<(ClientConnector | undefined)[]>((resolve, reject) => {
      const secrets = hashes.map(([secret = 0]) => secret)
      const rows = secrets.map((id) => (id < 10 ? connector(id) : undefined))
      reads.push({ secrets, goOn: () => resolve(rows), fail: reject })
    })
  return { reads, lookup: new SecretLookup({ clients: { findBySecrets } }) }
}

function connector(id: number): ClientConnector {
  return { id, state: 'Enabled', isOpen: true, createdBy: 'login', lastUsedAt: undefined, owner: undefined }
}

test('who asks while a read is under way is answered by the next, each with their own', async () => {
  const { reads, lookup } = table()
  const first = lookup.find(Uint8Array.of(1))
  const others = [2, 99, 2, 3].map((secret) => lookup.find(Uint8Array.of(secret)))
  assert.deepEqual(reads[0]?.secrets, [1])
  reads[0]?.goOn()
  assert.equal((await first)?.id, 1)
  await nextTurn()
  assert.deepEqual(reads[1]?.secrets, [2, 99, 2, 3])
  reads[1]?.goOn()
  assert.deepEqual(
    (await Promise.all(others)).map((found) => found?.id),
    [2, undefined, 2, 3],
  )
  assert.equal(reads.length, 2)
})

test('a read that fails fails for those who were in it alone', async () => {
  const { reads, lookup } = table()
  const first = lookup.find(Uint8Array.of(1))
  const second = lookup.find(Uint8Array.of(2))
  reads[0]?.fail(new Error('away'))
  await assert.rejects(first, /away/)
  await nextTurn()
  reads[1]?.goOn()
  assert.equal((await second)?.id, 2)
  await nextTurn()
  void lookup.find(Uint8Array.of(3))
  assert.deepEqual(reads[2]?.secrets, [3])
})
