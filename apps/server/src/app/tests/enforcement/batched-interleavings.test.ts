import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessOf, parseAuthz } from '@portreeve/svn-authz'
import { effectiveRight } from '../../../features/rules/index.ts'
import { publishedFiles } from '../../testing/batching.ts'
import { startModelServer } from '../../testing/model-server.ts'
import { listPeople, PLAYED_PATHS, type Play, playAll, readPosition, rightsAt } from '../../testing/random-play.ts'

const ACCESS = { NONE: 'no', READ: 'r', READ_WRITE: 'rw' } as const

/** Every file gives every user what the enforced revision gives those who are not disabled now. Answers how many have any. */
async function assertFilesRight(play: Play): Promise<number> {
  const files = await publishedFiles(play.server)
  const { enforced: revision, target } = await readPosition(play)
  assert.equal(revision, target)
  const people = await listPeople(play)
  let granted = 0
  for (const [repository, text] of Object.entries(files)) {
    const file = parseAuthz(text)
    const rights = rightsAt(play, { revision, repository, people })
    for (const user of [undefined, ...people.map(({ username }) => username)]) {
      for (const path of PLAYED_PATHS) {
        const right = effectiveRight(rights, path, user)
        if (right !== 'NONE') granted += 1
        const said = accessOf(file, { repository, path, user })
        assert.equal(said, ACCESS[right], `${user} at ${repository}:${path}, revision ${revision}\n${text}`)
      }
    }
  }
  return granted
}

test('whatever comes between, files say what the enforced revision says of those who are not disabled now', async () => {
  await using server = await startModelServer()
  let granted = 0
  await playAll(server, async (play) => {
    granted += await assertFilesRight(play)
  })
  assert.ok(granted > 100, `${granted} rights`)
})
