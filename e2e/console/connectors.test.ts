import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ClientApi } from '@portreeve/client'
import type { Page } from 'playwright-core'
import { assertAccessible } from './assert-accessible.ts'
import { type ConsoleScene, startConsole } from './console-scene.ts'
import { settled } from './settled.ts'

const CYD = { username: 'cyd', email: 'cyd@example.org', password: 'cyd’s password' }
const DAN = { username: 'dan', email: 'dan@example.org', password: 'dan’s password' }

describe('devices in the console', () => {
  let scene: ConsoleScene
  before(async () => {
    scene = await startConsole()
    await scene.client.users.create(CYD)
    await scene.client.users.create(DAN)
  })
  after(() => scene[Symbol.asyncDispose]())

  test('are found by their user and their state, and the address keeps how', async () => {
    await logIn(scene, CYD, 'Cyd’s tablet')
    await logIn(scene, DAN, 'Dan’s tablet')
    await scene.visit('connectors', async (page) => {
      await page.getByRole('link', { name: 'Dan’s tablet' }).waitFor()
      await page.getByRole('combobox', { name: 'User' }).fill('cy')
      await page.getByRole('option', { name: 'cyd' }).click()
      await page.getByText('1 device').waitFor()
      await page.reload()
      await page.getByRole('link', { name: 'Cyd’s tablet' }).waitFor()
      assert.equal(await page.getByRole('combobox', { name: 'User' }).inputValue(), 'cyd')
      await page.getByRole('combobox', { name: 'State' }).click()
      await page.getByRole('option', { name: 'To be wiped' }).click()
      await page.getByText('No devices match.').waitFor()
    })
  })

  test('wiping takes the typed name, and the order stands apart until the device has obeyed', async () => {
    const { id, secret } = await logIn(scene, CYD, 'Lost phone')
    await scene.visit(`connectors/${id}`, async (page) => {
      await settled(page, 'Lost phone')
      await page.getByRole('button', { name: 'Wipe…' }).click()
      await page.getByText('This cannot be taken back.').waitFor()
      assert.ok(await dialogButton(page, 'Wipe').isDisabled())
      await page.getByLabel('Type Lost phone to go on').fill('Lost phone')
      await dialogButton(page, 'Wipe').click()
      await page.getByText('Lost phone of cyd is ordered to wipe itself.').waitFor()
      await page.getByRole('row', { name: 'Order' }).getByText('Wipe, ordered').waitFor()
      await new ClientApi(scene.server.url).connector(secret).confirmWipe()
      await page.getByRole('row', { name: 'Order' }).getByText('Done').waitFor()
      await page.getByRole('button', { name: 'Delete…' }).click()
      await dialogButton(page, 'Delete').click()
      await page.getByText('Lost phone of cyd is deleted.').waitFor()
      await settled(page, 'Devices')
    })
  })

  test('many are disabled as a job, whose page tells what became of each, also after a reload', async () => {
    const { id } = await logIn(scene, DAN, 'Dan’s laptop')
    await scene.client.connectors.changeState(id, 'Disabled')
    await scene.visit('connectors', async (page) => {
      await page.getByLabel('Select all devices on this page').check()
      await page.getByRole('button', { name: 'Disable…' }).click()
      await dialogButton(page, /^Disable/).click()
      await settled(page, 'Change of many devices')
      await page.getByText('Ended').waitFor()
      await page.getByText('3 of 3 devices: 2 changed, 0 failed').waitFor()
      await page.reload()
      await page.getByText('3 results').waitFor()
      await page
        .getByRole('row')
        .filter({ hasText: 'unchanged' })
        .getByRole('link', { name: String(id) })
        .waitFor()
      await settled(page, 'Change of many devices')
      await assertAccessible(page)
    })
    assert.equal(await scene.client.connectors.count({ connector_state: 'Disabled' }), 3)
  })
})

async function logIn({ server }: ConsoleScene, { email, password }: typeof CYD, name: string) {
  const { connector_id: id, connector_secret: secret } = await new ClientApi(server.url).logIn({
    username: email,
    password,
    device_name: name,
    platform: 'Android 16',
    app_version: '7.1.0',
    client_id: 'messenger',
  })
  return { id, secret }
}

function dialogButton(page: Page, name: string | RegExp) {
  return page.getByRole('dialog').getByRole('button', { name, exact: true })
}
