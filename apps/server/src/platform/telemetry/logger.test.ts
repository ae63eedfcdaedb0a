import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLogger } from './logger.ts'

test('blanks secrets however deep a log call carries them', () => {
  const lines: string[] = []
  const logger = createLogger({ level: 'info', destination: { write: (line) => lines.push(line) } })
  const headers = { authorization: 'Bearer hunter2', cookie: 'session=hunter2', 'set-cookie': ['session=hunter2'] }
  logger.info({ req: { headers }, headers, password: 'hunter2', body: { token: 'hunter2' } }, 'said')
  assert.equal(lines.length, 1)
  assert.doesNotMatch(lines.join(), /hunter2/)
  assert.match(lines.join(), /"msg":"said"/)
})

test('writes nothing below its level', () => {
  const lines: string[] = []
  createLogger({ level: 'warn', destination: { write: (line) => lines.push(line) } }).info('quiet')
  assert.deepEqual(lines, [])
})
