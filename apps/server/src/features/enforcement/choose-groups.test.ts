import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ChosenGroups, chooseGroups, type GroupMember } from './choose-groups.ts'

const never = () => false
const setOf = (users: Iterable<number>) => Int32Array.from(new Set(users)).sort()
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

function expand({ groups, groupOf }: ChosenGroups, set: number): number[] {
  const expandMember = (member: GroupMember): number[] =>
    typeof member === 'number' ? [member] : (groups.get(member) ?? []).flatMap(expandMember)
  return expandMember(groupOf[set] ?? -1)
}

function wordsIn({ groups }: ChosenGroups): number {
  return [...groups.values()].reduce((words, members) => words + 1 + members.length, 0)
}

/** Sets that are variations of a few large ones, as teams of one organisation are. */
const someSets = fc
  .array(
    fc.record({ from: fc.nat(40), size: fc.integer({ min: 2, max: 120 }), without: fc.uniqueArray(fc.nat(160)) }),
    {
      maxLength: 12,
    },
  )
  .map((shapes) =>
    shapes.map(({ from, size, without }) => setOf(range(from, from + size).filter((user) => !without.includes(user)))),
  )
  .map((sets) => [...new Map(sets.filter((users) => users.length > 1).map((users) => [users.join(), users])).values()])

test('every group expands to its set, each user once, and no group is empty', () => {
  fc.assert(
    fc.property(someSets, (sets) => {
      const chosen = chooseGroups(sets, never)
      sets.forEach((users, set) => {
        const expanded = expand(chosen, set)
        assert.equal(expanded.length, users.length)
        assert.deepEqual(setOf(expanded), users)
      })
      for (const members of chosen.groups.values()) assert.notEqual(members.length, 0)
    }),
    { numRuns: 500 },
  )
})

test('never takes more words than writing every set out', () => {
  fc.assert(
    fc.property(someSets, (sets) => {
      const flat = sets.reduce((words, users) => words + 1 + users.length, 0)
      assert.ok(wordsIn(chooseGroups(sets, never)) <= flat)
    }),
    { numRuns: 500 },
  )
})

test('names a single user directly, unless the name needs a group', () => {
  const sets = [Int32Array.of(3), Int32Array.of(4)]
  const chosen = chooseGroups(sets, (user) => user === 4)
  assert.deepEqual(chosen.groupOf, [undefined, 'g1'])
  assert.deepEqual([...chosen.groups], [['g1', [4]]])
})

test('writes once what nearly equal large sets have in common', () => {
  const everybody = range(0, 1_000)
  const sets = range(0, 10).map((gone) => setOf([...everybody.filter((user) => user % 100 !== gone), 2_000 + gone]))
  assert.ok(wordsIn(chooseGroups(sets, never)) < 2_000)
})
