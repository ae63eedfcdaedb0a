import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type ConsoleScene, startConsole } from './console-scene.ts'
import { settled } from './settled.ts'

describe('organisations in the console', () => {
  let scene: ConsoleScene
  before(async () => {
    scene = await startConsole()
  })
  after(() => scene[Symbol.asyncDispose]())

  test('one is made, acted in, and left again', async () => {
    await scene.visit('organisations/new', async (page) => {
      await page.getByLabel('Name').fill('Harbour')
      await page.getByRole('button', { name: 'Create the organisation' }).click()
      await settled(page, 'Harbour')
      await page.getByRole('link', { name: 'Act in it' }).click()
      await settled(page, 'Overview')
      const { searchParams } = new URL(page.url())
      await page.getByRole('link', { name: 'Users' }).click()
      await settled(page, 'Users')
      await page.getByText('There are no users yet.').waitFor()
      assert.equal(new URL(page.url()).searchParams.get('organisation'), searchParams.get('organisation'))
      await page.getByRole('link', { name: 'New user' }).first().click()
      await page.getByLabel('Username').fill('harbour-master')
      await page.getByRole('button', { name: 'Create the user' }).click()
      await settled(page, 'harbour-master')
      await page.getByRole('button', { name: 'Leave' }).click()
      await page.getByRole('button', { name: 'Leave' }).waitFor({ state: 'hidden' })
    })
    const own = await Array.fromAsync(scene.client.users.list(), ({ username }) => username)
    assert.deepEqual(own, ['admin'])
  })

  test('a name that is taken and days that cannot be are told beside their fields', async () => {
    await scene.client.organisations.create({ name: 'Taken' })
    await scene.visit('organisations/new', async (page) => {
      await page.getByLabel('Name').fill('taken')
      await page.getByRole('button', { name: 'Create the organisation' }).click()
      await page.getByText('There is an organisation "taken" already.').waitFor()
      await page.getByLabel('Name').fill('Free')
      await page.getByLabel('Keep unused connectors').fill('0')
      await page.getByRole('button', { name: 'Create the organisation' }).click()
      await page.getByText('connector_retention_period is a whole number').waitFor()
    })
  })

  test('disabling one takes its name, and acting in it is refused then, with a way home', async () => {
    const { organisation_id: id } = await scene.client.organisations.create({ name: 'Wreck' })
    await scene.visit(`organisations/${id}`, async (page) => {
      await settled(page, 'Wreck')
      await page.getByRole('button', { name: 'Disable…' }).click()
      const disable = page.getByRole('button', { name: 'Disable', exact: true })
      assert.equal(await disable.isDisabled(), true)
      await page.getByLabel('Type Wreck to go on').fill('Wreck')
      await disable.click()
      await page.getByText('Wreck is disabled.').waitFor()
      await page.goto(`/console/users?organisation=${id}`)
      await page.getByText(`Organisation ${id} is disabled.`).waitFor()
      await page.getByRole('button', { name: 'Go to your own organisation' }).click()
      await settled(page, 'Users')
    })
    assert.equal((await scene.client.organisations.get(id)).enabled, false)
  })
})
