import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Benchmark, type Findings, ms } from './benchmark.ts'
import { formatFigure, formatFindings } from './print-findings.ts'

test('writes three digits that count', () => {
  assert.equal(formatFigure({ value: 1234.5, unit: '/s' }), '1235/s')
  assert.equal(formatFigure({ value: 12.345, unit: 'ms' }), '12.3 ms')
  assert.equal(formatFigure({ value: 0.1234, unit: 'ms' }), '0.123 ms')
  assert.equal(formatFigure({ value: 12.345, unit: 'KB' }), '12.3 KB')
})

test('marks a goal that is missed', () => {
  const findings: Findings = {
    results: [
      { what: 'a', ours: ms(30), peer: { name: 'p', ...ms(10) }, goal: { kind: 'at most', value: 2, of: 'ratio' } },
      { what: 'b', ours: ms(30), peer: { name: 'p', ...ms(10) }, goal: { kind: 'at most', value: 99, of: 'ours' } },
    ],
    notes: ['why'],
  }
  const benchmark: Benchmark = { name: 'n', title: 't', run: async () => findings }
  assert.deepEqual(formatFindings(benchmark, findings).split('\n'), [
    '## n: t',
    '',
    '|     | ours    | peer    |     | ratio | goal      |        |',
    '|-----|---------|---------|-----|-------|-----------|--------|',
    '| a   | 30.0 ms | 10.0 ms | p   | 3.00  | ≤ 2.0×    | MISSED |',
    '| b   | 30.0 ms | 10.0 ms | p   | 3.00  | ≤ 99.0 ms | met    |',
    '',
    '- why',
  ])
})
