import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planAuthz } from './authz-planner.ts'

const never = new AbortController().signal

test('plans a file, or says where Subversion refuses it', async () => {
  const answer = await planAuthz({ authz: '[/]\nann = r\n', repository: 'calc' }, never)
  assert.deepEqual('plan' in answer && answer.plan.users, ['ann'])
  const refused = await planAuthz({ authz: '[/]\nann = w\n', repository: 'calc' }, never)
  assert.equal('refused' in refused && refused.refused.line, 2)
})

test('stops planning when nobody waits for it any more', async () => {
  const gone = new AbortController()
  const planned = planAuthz({ authz: '[/]\nann = r\n', repository: 'calc' }, gone.signal)
  gone.abort()
  await assert.rejects(planned, { name: 'AbortError' })
  await assert.rejects(planAuthz({ authz: '', repository: 'calc' }, gone.signal), { name: 'AbortError' })
})
