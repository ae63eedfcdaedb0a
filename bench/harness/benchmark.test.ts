import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isMet, ms, perSecond, type Result } from './benchmark.ts'

const slower: Result = { what: 'x', ours: ms(30), peer: { name: 'p', ...ms(20) } }

test('holds the ratio against a goal of a ratio, and our own figure against any other', () => {
  assert.equal(isMet({ ...slower, goal: { kind: 'at most', value: 1.3, of: 'ratio' } }), false)
  assert.equal(isMet({ ...slower, goal: { kind: 'at most', value: 1.5, of: 'ratio' } }), true)
  assert.equal(isMet({ ...slower, goal: { kind: 'at most', value: 30, of: 'ours' } }), true)
})

test('wants at least as many a second where more is better', () => {
  const rate: Result = { what: 'x', ours: perSecond(90), peer: { name: 'p', ...perSecond(100) } }
  assert.equal(isMet({ ...rate, goal: { kind: 'at least', value: 0.9, of: 'ratio' } }), true)
  assert.equal(isMet({ ...rate, goal: { kind: 'at least', value: 1, of: 'ratio' } }), false)
})

test('takes a result without a goal as it is', () => {
  assert.equal(isMet(slower), true)
})
