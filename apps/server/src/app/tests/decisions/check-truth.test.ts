import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Access } from '@portreeve/svn-authz'
import { askSvnauthz, type SvnauthzQuestion } from '../../../../../../tools/svn-oracle/ask-svnauthz.ts'
import { generateAuthz } from '../../../features/enforcement/generate-authz.ts'
import { readRights } from '../../../features/enforcement/rights.sql.ts'
import { type AccessScene, startAccessScene } from '../../testing/access-scene.ts'
import { checkAll, enforced } from '../../testing/access-steps.ts'
import type { ApiClient } from '../../testing/api-client.ts'
import { makeUser } from '../../testing/model-steps.ts'
import { makeGround } from '../../testing/random-changes.ts'

const PATHS = ['/', '/a', '/a/b', '/a/b/c', '/a/b/c/deep/er', '/a-b', '/d', '/d/e', '/x']
const SEEDS = [11, 12, 21]
const CHANGES = 40

/** What both are asked about. */
type Question = Required<Pick<SvnauthzQuestion, 'repository' | 'path'>> & { readonly user: string }

/** As `svnauthz accessof` puts it. */
async function accessOf(api: ApiClient, questions: readonly Question[], state: string): Promise<Access[]> {
  const ask = (permission: string, explain: boolean) =>
    checkAll(
      api,
      questions.map(({ user, repository, path }) => ({ username: user, repository, path, permission })),
      { state, explain },
    )
  const [reading, writing] = await Promise.all([ask('READ', true), ask('READ_WRITE', true)])
  assert.deepEqual(await Promise.all([ask('READ', false), ask('READ_WRITE', false)]), [reading, writing])
  return reading.map((reads, n) => {
    if (writing[n]) return 'rw'
    return reads ? 'r' : 'no'
  })
}

describe('checks against Subversion', () => {
  let scene: AccessScene
  before(async () => {
    scene = await startAccessScene()
  })
  after(() => scene[Symbol.asyncDispose]())

  async function assertEqual(questions: readonly Question[], state: string, files: ReadonlyMap<string, string>) {
    const expected = await askSvnauthz(
      questions.map((question) => ({ ...question, file: files.get(question.repository) ?? '' })),
    )
    const said = await accessOf(scene.root, questions, state)
    const differing = questions.flatMap((question, n) =>
      said[n] === expected[n] ? [] : [{ ...question, said: said[n], subversion: expected[n] }],
    )
    assert.deepEqual(differing, [])
    return expected
  }

  async function publishedFiles(repositories: readonly string[]) {
    const texts = repositories.map(
      async (name) => [name, await readFile(join(scene.authzDir, `${name}.authz`), 'utf8')] as const,
    )
    return new Map(await Promise.all(texts))
  }

  async function filesAtHead(repositories: readonly string[]) {
    const { entries } = await scene.root.list('/api/repositories?pageSize=1000')
    const ofGround = entries.filter(({ name = '' }) => repositories.includes(name))
    const ids = ofGround.map(({ id = '' }) => id)
    const rights = await readRights(scene.database, { organisation: 1, state: 'head' }, ids)
    return new Map(
      ofGround.map(({ id = '', name = '' }) => [
        name,
        generateAuthz(rights.get(id) ?? { statements: [], disabled: [] }),
      ]),
    )
  }

  for (const seed of SEEDS) {
    test(`of a random model (${seed}) they say what svnauthz says of the published file, and pending of the next`, async () => {
      const { root } = scene
      const ground = await makeGround(root, seed)
      const stranger = `stranger ${seed}`
      await makeUser(root, stranger)
      const questions = ground.repositories.flatMap((repository) =>
        PATHS.flatMap((path) => [...ground.usernames, stranger].map((user) => ({ repository, path, user }))),
      )
      for (let n = 0; n < CHANGES; n++) await ground.changeSomething()
      await enforced(root)
      const kinds = new Set(await assertEqual(questions, 'enforced', await publishedFiles(ground.repositories)))
      await root.send('PUT /api/settings', { settings: { batchedUpdates: true } })
      for (let n = 0; n < CHANGES; n++) await ground.changeSomething()
      await assertEqual(questions, 'enforced', await publishedFiles(ground.repositories))
      for (const access of await assertEqual(questions, 'pending', await filesAtHead(ground.repositories)))
        kinds.add(access)
      assert.equal(kinds.size, 3, 'the questions have all kinds of answers')
      await root.send('POST /api/enforcement/apply', { apply: {} })
      await root.send('PUT /api/settings', { settings: { batchedUpdates: false } })
      await enforced(root)
      await assertEqual(questions, 'enforced', await publishedFiles(ground.repositories))
    })
  }
})
