import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AuthzPlanner } from './authz-planner.ts'

const never = new AbortController().signal
const planner = new AuthzPlanner()

test('plans a file, or says where Subversion refuses it', async () => {
  const answer = await planner.plan({ authz: '[/]\nann = r\n', repository: 'calc' }, never)
  assert.deepEqual('plan' in answer && answer.plan.users, ['ann'])
  const refused = await planner.plan({ authz: '[/]\nann = w\n', repository: 'calc' }, never)
  assert.equal('refused' in refused && refused.refused.line, 2)
})

test('stops planning when nobody waits for it any more', async () => {
  const gone = new AbortController()
  const planned = planner.plan({ authz: '[/]\nann = r\n', repository: 'calc' }, gone.signal)
  gone.abort()
  await assert.rejects(planned, { name: 'AbortError' })
  await assert.rejects(planner.plan({ authz: '', repository: 'calc' }, gone.signal), { name: 'AbortError' })
})

test('plans so many at a time, has some wait, and refuses more', async () => {
  const narrow = new AuthzPlanner({ running: 1, waiting: 1, memoryMb: 512 })
  const question = { authz: '[/]\nann = r\n', repository: 'calc' }
  const [first, second] = [narrow.plan(question, never), narrow.plan(question, never)]
  await assert.rejects(narrow.plan(question, never), { code: 'import.busy', kind: 'unavailable', retryAfterS: 60 })
  assert.ok('plan' in (await first) && 'plan' in (await second))
})

test('a file that takes too much memory is refused, and harms nothing else', async () => {
  const small = new AuthzPlanner({ running: 1, waiting: 1, memoryMb: 32 })
  const sections = Array.from({ length: 100_000 }, (_, i) => `[/directory${i}]\nuser${i} = rw\n`)
  await assert.rejects(small.plan({ authz: sections.join(''), repository: 'calc' }, never), {
    code: 'import.too_large',
    message: /more than 32 MB/,
  })
  assert.ok('plan' in (await small.plan({ authz: '[/]\nann = r\n', repository: 'calc' }, never)))
})
