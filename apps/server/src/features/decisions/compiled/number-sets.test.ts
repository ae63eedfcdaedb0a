import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { NumberSets } from './number-sets.ts'

/** More sets than may be changed before all are put side by side again. */
const SETS = 1500
const sorted = (members: Iterable<number>) => Uint32Array.from(members).sort()

function setsOf(plain: readonly ReadonlySet<number>[]): NumberSets {
  return NumberSets.of(plain.map(sorted))
}

function assertHolds(sets: NumberSets, plain: readonly ReadonlySet<number>[]): void {
  assert.equal(
    sets.size,
    plain.reduce((sum, { size }) => sum + size, 0),
  )
  for (const [n, set] of plain.entries()) {
    const members = sorted(set)
    assert.deepEqual([...sets.membersOf(n)], [...members])
    assert.equal(sets.sizeOf(n), members.length)
    for (const [i, member] of members.entries()) assert.equal(sets.memberAt(n, i), member)
    for (let member = 0; member < 10; member += 1) assert.equal(sets.has(n, member), set.has(member))
  }
}

const members = fc.uniqueArray(fc.nat(9))
const changes = fc.array(fc.record({ n: fc.nat(7), act: fc.constantFrom('add', 'remove', 'clear'), members }))

test('sets hold what was put in and not taken out since, those beyond the first ones too', () => {
  fc.assert(
    fc.property(fc.array(members, { maxLength: 5 }), changes, (first, acts) => {
      const plain = Array.from({ length: 8 }, (_, n) => new Set(first[n]))
      const sets = setsOf(first.map((each) => new Set(each)))
      for (const { n, act, members: few } of acts) {
        const before = plain[n] ?? new Set()
        if (act === 'add') sets.addAll(n, Uint32Array.from(few))
        else if (act === 'remove') sets.removeAll(n, Uint32Array.from(few))
        else sets.clear(n)
        const after = {
          add: before.union(new Set(few)),
          remove: before.difference(new Set(few)),
          clear: new Set<number>(),
        }
        plain[n] = after[act]
      }
      assertHolds(sets, plain)
    }),
  )
})

test('so many changes that all sets are put side by side again lose nothing', () => {
  const sets = setsOf([new Set([1, 2]), new Set([3])])
  const plain = Array.from({ length: SETS }, (_, n) => new Set([n % 10, (n * 7) % 10]))
  for (const [n, set] of plain.entries()) {
    sets.clear(n)
    for (const member of set) sets.add(n, member)
    sets.add(n, 11)
    sets.remove(n, 11)
  }
  assertHolds(sets, plain)
})

test('sets turned round hold the same pairs from their other side', () => {
  fc.assert(
    fc.property(fc.array(members, { maxLength: 8 }), (first) => {
      const plain = first.map((each) => new Set(each))
      const turned = Array.from({ length: 10 }, (_, member) => {
        return new Set(plain.flatMap((set, n) => (set.has(member) ? [n] : [])))
      })
      assertHolds(setsOf(plain).turned(10), turned)
    }),
  )
})
