import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type ConsoleScene, startConsole } from './console-scene.ts'
import { settled } from './settled.ts'

describe('client applications in the console', () => {
  let scene: ConsoleScene
  before(async () => {
    scene = await startConsole()
  })
  after(() => scene[Symbol.asyncDispose]())

  test('one is made, what is wrong stands beside its field, and its secret is shown once', async () => {
    await scene.visit('clients/new', async (page) => {
      await page.getByLabel('Name').fill('Wiki')
      await page.getByLabel('Redirect URIs').fill('https://wiki.example.org/in\nhttp://wiki.example.org/in')
      await page.getByRole('button', { name: 'Make the client application' }).click()
      await page.getByText('Number 2: must be https (http for loopback addresses alone)').waitFor()
      await page.getByLabel('Redirect URIs').fill('https://wiki.example.org/in')
      await page.getByRole('button', { name: 'Make the client application' }).click()
      await page.getByText('Copy the secret of Wiki now: it is not shown again').waitFor()
      await page.getByRole('link', { name: 'Go to Wiki' }).click()
      await settled(page, 'Wiki')
      assert.equal(await page.getByText('it is not shown again').count(), 0)
      await page.getByText('https://wiki.example.org/in').waitFor()
    })
  })

  test('a new secret is shown once, and the application is disabled for everyone', async () => {
    const redirect_uris = ['https://forum.example.org/in']
    const { client_id: id } = await scene.client.clientApplications.create({ client_name: 'Forum', redirect_uris })
    await scene.visit(`clients/${id}`, async (page) => {
      await settled(page, 'Forum')
      await page.getByRole('button', { name: 'New secret…' }).click()
      await page.getByRole('button', { name: 'Make a new secret' }).click()
      await page.getByText('Copy the secret of Forum now').waitFor()
      await page.getByRole('button', { name: 'Disable for everyone…' }).click()
      await page.getByText('refused at once in every organisation').waitFor()
      await page.getByRole('button', { name: 'Disable', exact: true }).click()
      await page.getByText('Forum is disabled for everyone.').waitFor()
      await page.getByRole('button', { name: 'Enable…' }).waitFor()
    })
    assert.equal((await scene.client.clientApplications.get(id)).enabled, false)
  })
})
