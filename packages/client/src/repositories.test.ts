import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PortreeveClient } from './portreeve-client.ts'
import { answering, type ScriptedAnswer } from './testing/scripted-server.ts'

const FILE = '# Generated\n\n[/]\n* =\n'

function published(text: string): ScriptedAnswer {
  return (response) => response.writeHead(200, { etag: '"a"', 'content-type': 'text/plain' }).end(text)
}

test('the beginning of a file that is short is all of it', async () => {
  await using server = await answering(published(FILE))
  const { repositories } = new PortreeveClient({ baseUrl: server.url, token: 't' })
  const beginning = await repositories.getAuthzBeginning('r', 1000)
  assert.deepEqual(beginning, { content: FILE, isWhole: true, etag: '"a"' })
})

test('the beginning of a long file ends with a whole line, and says that there is more', async () => {
  await using server = await answering(published(`${'line\n'.repeat(1000)}cut`))
  const { repositories } = new PortreeveClient({ baseUrl: server.url, token: 't' })
  const { content, isWhole } = await repositories.getAuthzBeginning('r', 100)
  assert.equal(isWhole, false)
  assert.match(content, /^(line\n)+$/)
})
