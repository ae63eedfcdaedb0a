import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PortreeveError, UnreachableError } from '@portreeve/client'
import { persist } from './persist.ts'

function refusal(status: number): PortreeveError {
  return new PortreeveError({ status, code: 'x.y', message: 'No.', requestId: undefined })
}

/** Fails with the errors in turn, and answers then; tells how long it was waited after each. */
async function persistThrough(...errors: readonly Error[]) {
  const left = [...errors]
  const pauses: number[] = []
  const deps = {
    pause: async (forMs: number) => void pauses.push(forMs),
    chance: () => 1,
    onFailure: () => undefined,
  }
  const answer = await persist(deps, async () => {
    const error = left.shift()
    if (error) throw error
    return 'answer'
  })
  return { answer, pauses }
}

test('a server that is away, overrun or broken is asked again, later each time', async () => {
  const errors = [new UnreachableError('http://gate.example', {}), refusal(503), refusal(429), refusal(500)]
  assert.deepEqual(await persistThrough(...errors), { answer: 'answer', pauses: [1000, 2000, 4000, 8000] })
})

test('what the server refuses is not asked again, nor is a mistake of ours', async () => {
  await assert.rejects(persistThrough(refusal(401)), { status: 401 })
  await assert.rejects(persistThrough(new TypeError('ours')), TypeError)
})
