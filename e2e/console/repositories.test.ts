import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type ConsoleScene, startConsole } from './console-scene.ts'
import { settled } from './settled.ts'

describe('repositories in the console', () => {
  let scene: ConsoleScene
  before(async () => {
    scene = await startConsole()
  })
  after(() => scene[Symbol.asyncDispose]())

  test('one is made known, a taken name is refused beside its field, and its file is shown', async () => {
    await scene.client.repositories.create({ name: 'charts' })
    await scene.visit('repositories', async (page) => {
      await page.getByRole('link', { name: 'charts' }).waitFor()
      await page.getByRole('link', { name: 'New repository' }).click()
      await page.getByLabel('Name').fill('charts')
      await page.getByRole('button', { name: 'Create the repository' }).click()
      await page.getByText('There is a repository "charts" in this installation already.').waitFor()
      await page.locator('input[name=name]:focus').waitFor()
      await page.getByLabel('Name').fill('tides')
      await page.getByRole('button', { name: 'Create the repository' }).click()
      await settled(page, 'tides')
      await page.getByText('tides is known.').waitFor()
    })
    const [tides] = await Array.fromAsync(scene.client.repositories.list({ search: { name: 'tides' } }))
    assert.ok(tides)
    const file = await scene.client.repositories.getAuthzFile(tides.id)
    await scene.visit(`repositories/${tides.id}/file`, async (page) => {
      await settled(page, 'tides')
      const shown = await page.getByRole('region', { name: 'Published file of tides' }).innerText()
      assert.equal(shown.trim(), file?.content.trim())
    })
  })

  test('what rules say at a path is told apart from what is inherited, and who reaches it is a click away', async () => {
    const { entityId: repositoryId } = await scene.client.repositories.create({ name: 'sea' })
    const { entityId: teamId } = await scene.client.teams.create({ name: 'Pilots' })
    for (const [path, permissionType] of [
      ['/trunk', 'READ_WRITE'],
      ['/trunk/maps', 'NONE'],
    ] as const) {
      const { entityId: ownerResource } = await scene.client.teams.addResource(teamId, { repositoryName: 'sea', path })
      const { entityId: ruleId } = await scene.client.rules.create(teamId, { ruleName: `of ${path}` })
      await scene.client.rules.addPermissions({ teamId, ruleId }, [{ ownerResource, permissionType }])
    }
    await scene.visit(`repositories/${repositoryId}`, async (page) => {
      await page.getByText('No rule speaks of it.').waitFor()
      await page.getByRole('button', { name: 'Paths below /trunk' }).press('Enter')
      await page.getByRole('button', { name: '/trunk/maps', exact: true }).click()
      const rights = page.getByRole('region', { name: 'Rights at /trunk/maps', exact: true })
      const rows = rights.getByRole('row')
      await rows.filter({ hasText: 'of /trunk/maps' }).getByText('Here').waitFor()
      await rows.filter({ hasText: 'Inherited from /trunk' }).getByText('Read and write').waitFor()
      await page.reload()
      await rows.filter({ hasText: 'of /trunk/maps' }).getByText('No access').waitFor()
      await rights.getByRole('link', { name: 'Who reaches it?' }).click()
      await settled(page, 'Decisions')
      await page.getByText('Nobody').first().waitFor()
    })
  })
})
