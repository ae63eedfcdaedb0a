import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readRights } from '../../../features/enforcement/rights.sql.ts'
import type { RepositoryRights, Statement } from '../../../features/rules/index.ts'
import type { ModelState } from '../../../kernel/model-state.ts'
import { startModelServer } from '../../testing/model-server.ts'
import { makeGround } from '../../testing/random-changes.ts'

const CHANGES = 60

/** Without an order, which the database chooses. */
function comparable({ statements, disabled }: RepositoryRights) {
  const text = ({ path, permissionType, audience, members }: Statement) =>
    JSON.stringify({ path, permissionType, audience, members: audience === 'members' ? members : [] })
  return { statements: statements.map(text).sort(), disabled }
}

test('rights read at a past revision are those that held when it was the head', async () => {
  await using server = await startModelServer()
  const { root, database } = server
  const ground = await makeGround(root, 1)
  const { entries } = await root.list('/api/repositories')
  const ids = entries.map(({ id = '' }) => id)
  const read = async (state: ModelState) => {
    const rights = await readRights(database, { organisation: 1, state }, ids)
    return ids.map((id) => comparable(rights.get(id) ?? { statements: [], disabled: ['unread'] }))
  }
  const heads = new Map<number, ReturnType<typeof comparable>[]>()
  for (let i = 0; i < CHANGES; i++) {
    await ground.changeSomething()
    heads.set(await server.head(), await read('head'))
  }
  const different = new Set([...heads.values()].map((rights) => JSON.stringify(rights)))
  assert.ok(different.size > CHANGES / 4, `${different.size} different states`)
  for (const [revision, rights] of heads) assert.deepEqual(await read({ revision }), rights, `revision ${revision}`)
  assert.deepEqual(
    await read({ revision: 0 }),
    ids.map(() => ({ statements: [], disabled: [] })),
  )
})

test('whoever is disabled now is so at every revision', async () => {
  await using server = await startModelServer()
  const { root, database } = server
  const ground = await makeGround(root, 2)
  for (let i = 0; i < CHANGES / 2; i++) await ground.changeSomething()
  const revision = await server.head()
  const [username = ''] = ground.usernames
  const { entries } = await root.list('/api/users?pageSize=1000')
  const user = entries.find((each) => each['username'] === username)
  await root.change(`PUT /api/users/${user?.['id']}/disable`)
  const repositories = (await root.list('/api/repositories')).entries.map(({ id = '' }) => id)
  const rights = await readRights(database, { organisation: 1, state: { revision } }, repositories)
  for (const { statements, disabled } of rights.values()) {
    assert.ok(statements.every(({ members }) => !members.includes(username)))
    if (statements.some(({ audience }) => audience !== 'members')) assert.deepEqual(disabled, [username])
  }
})
