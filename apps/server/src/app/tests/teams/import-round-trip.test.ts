import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { askSubversion } from '../../../../../../tools/svn-oracle/ask-subversion.ts'
import type { ApiClient } from '../../testing/api-client.ts'
import { startModelServer } from '../../testing/model-server.ts'
import { makeRepository } from '../../testing/model-steps.ts'

const RUNS = 20
const FILES_A_RUN = 4
const TIME_LIMIT_MS = 8000
const USERS = ['ann', 'bob', 'cy', 'dee', 'é', 'a=b', 'stranger', undefined]
const SUBJECTS = ['ann', 'dee', '@g', '@h', '@k', '@none', '&boss', '&odd', '*', '$anonymous', '$authenticated']
const INVERTED = ['~ann', '~@g', '~@h', '~&boss', '~$anonymous']
const PATHS = ['/', '/a', '/a/b', '/a/b/c', '/ü b', '/a b/c:d']
const QUESTIONS = [...PATHS, '/a/b/x', '/z']

const entries = fc.dictionary(fc.constantFrom(...SUBJECTS, ...INVERTED), fc.constantFrom('rw', 'r', ''), { maxKeys: 5 })
const headers = PATHS.flatMap((path) => [path, `REPOSITORY:${path}`, `other:${path}`])
const files = fc.dictionary(fc.constantFrom(...headers), entries, { minKeys: 1, maxKeys: 8 }).map((sections) => {
  const names =
    '[aliases]\nboss = cy\nodd = a=b\n[groups]\ng = ann, bob\nh = @g, &boss, é\nk = @h, &odd\nnone =\nunused = ann\n'
  const texts = Object.entries(sections).map(([header, lines]) => {
    const each = Object.entries(lines).map(([subject, access]) => `${subject} = ${access}\n`)
    return `[${header}]\n${each.join('')}`
  })
  return names + texts.join('')
})

/** Imports a file on its own, and answers it with what is then generated. */
async function importAlone(root: ApiClient, repository: string, text: string) {
  const authz = text.replaceAll('REPOSITORY', repository)
  const id = await makeRepository(root, repository)
  const { taskId } = await root.change(`POST /api/repositories/${id}/import`, { import: { authz } })
  await root.enforced(taskId)
  const generated = await root.sendText(`GET /api/repositories/${id}/authz`, undefined, { accept: '*/*' })
  return { repository, original: authz, generated: generated.text }
}

test('what is generated from an imported file answers as the file, for all users at all paths', async () => {
  await using server = await startModelServer()
  let made = 0
  const answersAlike = fc.asyncProperty(fc.array(files, { minLength: 1, maxLength: FILES_A_RUN }), async (texts) => {
    const trips = await Promise.all(
      texts.map((text) => {
        made += 1
        return importAlone(server.root, `trip${made}`, text)
      }),
    )
    const ask = (which: 'original' | 'generated') =>
      askSubversion(
        trips.map(({ repository, [which]: file }) => ({ file, repository, users: USERS, paths: QUESTIONS })),
      )
    const [originals, generated] = [ask('original'), ask('generated')]
    for (const [i, trip] of trips.entries()) {
      assert.deepEqual(generated[i], originals[i], `${trip.original}\n---\n${trip.generated}`)
    }
  })
  await fc.assert(answersAlike, { numRuns: RUNS, interruptAfterTimeLimit: TIME_LIMIT_MS })
  assert.ok(made > FILES_A_RUN)
})
