import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { assertAccessible } from './assert-accessible.ts'
import { type ConsoleScene, startConsole } from './console-scene.ts'
import { settled } from './settled.ts'

const READERS = ['ann', 'bob', 'cyd']

describe('enforcement in the console', () => {
  let scene: ConsoleScene
  before(async () => {
    scene = await startConsole()
    await letReadersWait(scene)
  })
  after(() => scene[Symbol.asyncDispose]())

  test('the overview tells what waits, by whom, and leads there', async () => {
    await scene.visit('', async (page) => {
      await settled(page, 'Overview')
      await page.getByText('changes wait to be applied.').waitFor()
      await page.getByText('The oldest is by admin,').waitFor()
      await page.getByRole('link', { name: 'Go to enforcement' }).click()
      await settled(page, 'Enforcement')
    })
  })

  test('what waits is shown with who gains, and is applied after telling how many', async () => {
    await scene.visit('enforcement', async (page) => {
      await settled(page, 'Enforcement')
      await page.getByText('Waits to be applied').waitFor()
      const gains = page.getByRole('row').filter({ hasText: 'charts:/trunk' })
      await gains.getByText('Gains').waitFor()
      await gains.getByRole('button', { name: 'All 3 people' }).click()
      await page.getByRole('dialog', { name: 'People' }).getByRole('link', { name: 'cyd' }).click()
      await settled(page, 'Decisions')
      await page.getByText('Yes').first().waitFor()
      await page.goBack()
      await gains.getByText('Gains').waitFor()
      await assertAccessible(page)
      await page.getByRole('button', { name: 'Apply…' }).click()
      await page.getByText('some is gained by 3 people.').waitFor()
      await page.getByRole('button', { name: 'Apply', exact: true }).click()
      await page.getByText('All is enforced').waitFor()
    })
    const { enforcedRevision, pendingRevision } = await scene.client.enforcement.getStatus()
    assert.equal(enforcedRevision, pendingRevision)
  })

  test('a path that people reach and cannot browse to is warned of', async () => {
    await scene.visit('enforcement/warnings', async (page) => {
      await page.getByRole('row').filter({ hasText: 'charts' }).getByText('/trunk').waitFor()
    })
  })

  test('the history leads to who gained by a change, and back to before it', async () => {
    await scene.visit('enforcement', async (page) => {
      await page.getByRole('link', { name: 'History' }).click()
      await settled(page, 'History')
      const change = page.getByRole('row').filter({ hasText: 'ermission' }).first()
      await change.getByText('Enforced').waitFor()
      const revision = Number(await change.getByRole('link').first().textContent())
      await change.getByRole('link', { name: String(revision), exact: true }).click()
      await settled(page, `Revision ${revision}`)
      await page.getByText('some is gained by 3 people.').waitFor()
      await page.getByRole('row').filter({ hasText: 'charts:/trunk' }).getByText('Gains').waitFor()
      await page.getByRole('link', { name: 'Revert to before it' }).click()
      await settled(page, 'Revert to a revision')
      await page.getByRole('button', { name: `Revert to revision ${revision - 1}…` }).waitFor()
    })
  })

  test('reverting tells who loses first, and makes a change that waits as any other', async () => {
    const { pendingRevision } = await scene.client.enforcement.getStatus()
    await scene.visit('enforcement/revert', async (page) => {
      await page.getByLabel('Revision').fill('9999')
      await page.getByRole('button', { name: 'Show what it means' }).click()
      await page.getByText(`A number from 0 to ${pendingRevision - 1}.`).waitFor()
      await page.getByLabel('Revision').fill(String(pendingRevision - 1))
      await page.getByRole('button', { name: 'Show what it means' }).click()
      await page.getByText('Loses', { exact: true }).waitFor()
      await page.getByRole('button', { name: `Revert to revision ${pendingRevision - 1}…` }).click()
      await page.getByText('Access is lost, or a part of it, by 3 people').waitFor()
      await page.getByRole('button', { name: 'Revert', exact: true }).click()
      await settled(page, 'Enforcement')
      await page.getByText('Waits to be applied').waitFor()
    })
    const status = await scene.client.enforcement.getStatus()
    assert.deepEqual([status.pendingRevision, status.targetRevision], [pendingRevision + 1, pendingRevision])
  })
})

/** Three people who may read a directory, as soon as it is applied. */
async function letReadersWait({ client }: ConsoleScene): Promise<void> {
  await client.repositories.create({ name: 'charts' })
  const ids: string[] = []
  for (const username of READERS) ids.push((await client.users.create({ username })).entityId)
  await client.settings.change({ batchedUpdates: true })
  const { entityId: teamId } = await client.teams.create({ name: 'Pilots' })
  await client.teams.addMembers(teamId, ids)
  const resource = { repositoryName: 'charts', path: '/' }
  const { entityId: ownerResource } = await client.teams.addResource(teamId, resource)
  const { entityId: ruleId } = await client.rules.create(teamId, { ruleName: 'Readers' })
  await client.rules.addMembers({ teamId, ruleId }, ids)
  await client.rules.addPermissions({ teamId, ruleId }, [{ ownerResource, path: '/trunk', permissionType: 'READ' }])
}
