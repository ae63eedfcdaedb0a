import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PortreeveError } from '@portreeve/client'
import { onNewest } from './on-newest.ts'

const refusal = (status: number) =>
  new PortreeveError({ status, code: 'request.changed_meanwhile', message: 'Read it again.', requestId: undefined })

/** Refused so often, then done. */
function refused(times: number, status = 412) {
  const act = async () => {
    act.calls++
    if (act.calls <= times) throw refusal(status)
    return 'done'
  }
  act.calls = 0
  return act
}

test('what somebody else changed in between is read and changed anew', async () => {
  const act = refused(2)
  assert.equal(await onNewest(act), 'done')
  assert.equal(act.calls, 3)
})

test('who is outrun time and again is told', async () => {
  const act = refused(3)
  await assert.rejects(onNewest(act), { status: 412 })
  assert.equal(act.calls, 3)
})

test('any other refusal is final', async () => {
  const act = refused(1, 409)
  await assert.rejects(onNewest(act), { status: 409 })
  assert.equal(act.calls, 1)
})
