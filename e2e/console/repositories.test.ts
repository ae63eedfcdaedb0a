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
    await scene.visit(`repositories/${tides.id}`, async (page) => {
      await settled(page, 'tides')
      const shown = await page.getByRole('region', { name: 'Published file of tides' }).innerText()
      assert.equal(shown.trim(), file?.content.trim())
    })
  })
})
