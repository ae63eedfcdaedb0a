import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchingStep, oneTimeCode, timeStep } from './one-time-code.ts'

const secret = Buffer.from('12345678901234567890')

test('makes the codes of RFC 4226, appendix D', () => {
  const codes = Array.from({ length: 10 }, (_, counter) => oneTimeCode(secret, counter))
  assert.deepEqual(codes, [
    '755224',
    '287082',
    '359152',
    '969429',
    '338314',
    '254676',
    '287922',
    '162583',
    '399871',
    '520489',
  ])
})

test('makes the codes of RFC 6238, appendix B, also after 2038', () => {
  const vectors: readonly [number, string][] = [
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ]
  for (const [seconds, code] of vectors) {
    assert.equal(oneTimeCode(secret, timeStep(new Date(seconds * 1000)), 8), code)
  }
})

test('takes the code of this step and of one beside, to the millisecond', () => {
  const code = oneTimeCode(secret, 1000)
  const at = (seconds: number) =>
    matchingStep(secret, { token: code, now: new Date(seconds * 1000), lastStep: undefined })
  assert.equal(at(999 * 30 - 0.001), undefined)
  assert.equal(at(999 * 30), 1000)
  assert.equal(at(1000 * 30), 1000)
  assert.equal(at(1002 * 30 - 0.001), 1000)
  assert.equal(at(1002 * 30), undefined)
})

test('takes no code of the step it last took one of, nor of an earlier one', () => {
  const now = new Date(1000 * 30_000)
  const attempt = (step: number, lastStep: number) =>
    matchingStep(secret, { token: oneTimeCode(secret, step), now, lastStep })
  assert.equal(attempt(1000, 999), 1000)
  assert.equal(attempt(1000, 1000), undefined)
  assert.equal(attempt(999, 1000), undefined)
  assert.equal(attempt(1001, 1000), 1001)
})

test('takes spaces between the digits, and nothing but six digits', () => {
  const now = new Date(1000 * 30_000)
  const code = oneTimeCode(secret, 1000)
  const take = (token: string) => matchingStep(secret, { token, now, lastStep: undefined })
  assert.equal(take(`${code.slice(0, 3)} ${code.slice(3)}`), 1000)
  for (const token of ['', code.slice(1), `${code}0`, '٣٣٣٣٣٣', 'abcdef', `-${code.slice(1)}`]) {
    assert.equal(take(token), undefined, token)
  }
})
