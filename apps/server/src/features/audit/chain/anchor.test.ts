import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AnchorWriter } from './anchor.ts'
import type { Seal } from './seal-store.ts'

function startWriter() {
  const lines: string[] = []
  const state: { head: Seal | undefined; broken: boolean } = { head: undefined, broken: false }
  const writer = new AnchorWriter({
    chain: { findHead: async () => state.head },
    sink: async (line) => {
      if (state.broken) throw new Error('disk full')
      lines.push(line)
    },
    now: () => new Date('2026-01-01T00:00:00Z'),
  })
  const move = (seq: number) => {
    state.head = { seq, hash: new Uint8Array(32).fill(seq) }
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
