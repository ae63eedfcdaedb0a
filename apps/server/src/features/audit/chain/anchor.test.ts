import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AnchorWriter } from './anchor.ts'
import type { Seal } from './seal-store.ts'

function sealAt(seq: number, byte = seq): Seal {
  return { seq, hash: new Uint8Array(32).fill(byte) }
}

function startWriter() {
  const lines: string[] = []
  const state: { seals: readonly Seal[]; broken: boolean } = { seals: [], broken: false }
  const writer = new AnchorWriter({
    chain: {
      findHead: async () => state.seals.at(-1),
      listPlaced: async (after, limit) =>
        state.seals
          .filter(({ seq }) => seq > after)
          .slice(0, limit)
          .map((seal) => ({ ...seal, recordId: seal.seq, record: null })),
    },
    sink: async (line) => {
      if (state.broken) throw new Error('disk full')
      lines.push(line)
    },
    now: () => new Date('2026-01-01T00:00:00Z'),
  })
  /** The chain has so many records from now on. */
  const move = (length: number) => {
    state.seals = Array.from({ length }, (_, index) => sealAt(index + 1))
  }
  return { lines, state, writer, move }
}

test('writes the head when it has moved, and only then', async () => {
  const { lines, writer, move } = startWriter()
  await writer.write()
  move(3)
  await writer.write()
  await writer.write()
  move(10)
  await writer.write()
  assert.deepEqual(lines, [
    `3 ${'03'.repeat(32)} 2026-01-01T00:00:00.000Z 3`,
    `10 ${'0a'.repeat(32)} 2026-01-01T00:00:00.000Z 7`,
  ])
})

test('writes an anchor again that could not be written', async () => {
  const { lines, state, writer, move } = startWriter()
  move(3)
  state.broken = true
  await assert.rejects(writer.write(), /disk full/)
  state.broken = false
  await writer.write()
  assert.equal(lines.length, 1)
})

test('vouches for no chain that lost its end or was made anew since the anchor before', async () => {
  const { lines, state, writer, move } = startWriter()
  move(3)
  await writer.write()
  move(2)
  await assert.rejects(writer.write(), /Number 3 of the audit's chain is not what its anchor says/)
  state.seals = [1, 2, 3, 4].map((seq) => sealAt(seq, seq + 100))
  await assert.rejects(writer.write(), /Number 3/)
  assert.equal(lines.length, 1)
})
