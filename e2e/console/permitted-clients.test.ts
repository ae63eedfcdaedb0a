import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertAccessible } from './assert-accessible.ts'
import { type ConsoleScene, startConsole } from './console-scene.ts'
import { settled } from './settled.ts'

const OWN = 1
const CYD = { email: 'cyd@example.org', password: 'cyd’s password' }
const REDIRECT_URI = 'https://app.example.org/signed-in'

describe('permitted apps in the console', () => {
  let scene: ConsoleScene
  before(async () => {
    scene = await startConsole()
    await scene.client.users.create({ username: 'cyd', ...CYD })
  })
  after(() => scene[Symbol.asyncDispose]())

  test('one is permitted and withdrawn, and the others stay as they are', async () => {
    const wiki = await addApp(scene, 'Wiki')
    const forum = await addApp(scene, 'Forum')
    await scene.client.companyClients.setPermitted(OWN, forum, true)
    await scene.visit('permitted-clients', async (page) => {
      await settled(page, 'Permitted apps')
      await page.getByText('2 apps').waitFor()
      const row = page.getByRole('row').filter({ hasText: 'Wiki' })
      await row.getByRole('button', { name: 'Permit…' }).click()
      await dialogButton(page, 'Permit').click()
      await page.getByText('Wiki is permitted.').waitFor()
      assert.deepEqual(await permittedIds(scene), [forum, wiki])
      await row.getByRole('button', { name: 'Withdraw…' }).click()
      await page.getByText('Nobody has come with it so far.').waitFor()
      await dialogButton(page, 'Withdraw').click()
      await page.getByText('Wiki is not permitted any more.').waitFor()
    })
    assert.deepEqual(await permittedIds(scene), [forum])
  })

  test('what somebody asks for is declined, asked for again, and permitted', async () => {
    const planner = await addApp(scene, 'Planner')
    await askFor(scene, planner)
    await scene.visit('permitted-clients/requests', async (page) => {
      await page.getByText('1 request').waitFor()
      await assertAccessible(page)
      await page.getByRole('button', { name: 'Decline…' }).click()
      await page.getByText('cyd says: “I plan with it.”').waitFor()
      await dialogButton(page, 'Decline').click()
      await page.getByText('Nobody asks for an app.').waitFor()
      await askFor(scene, planner)
      await page.reload()
      await page.getByRole('button', { name: 'Permit…' }).click()
      await dialogButton(page, 'Permit').click()
      await page.getByText('Planner is permitted.').waitFor()
      await page.getByText('Nobody asks for an app.').waitFor()
    })
    assert.ok((await permittedIds(scene)).includes(planner))
  })
})

/** An app that is available to the organisation. */
async function addApp({ client }: ConsoleScene, name: string): Promise<string> {
  const { client_id: id } = await client.clientApplications.create({
    client_name: name,
    redirect_uris: [REDIRECT_URI],
  })
  await client.companyClients.add(OWN, id)
  return id
}

async function permittedIds({ client }: ConsoleScene): Promise<readonly string[]> {
  const { items } = await client.companyClients.page(OWN, { page: 1, pageSize: 100 })
  return items.filter(({ isPermitted }) => isPermitted).map(({ clientId }) => clientId)
}

/** As cyd, who is stopped on the way to an app. */
async function askFor(scene: ConsoleScene, clientId: string): Promise<void> {
  const query = new URLSearchParams({ client_id: clientId, response_type: 'code', redirect_uri: REDIRECT_URI })
  const stopped = async (page: Page) => {
    await page.goto(`/request?${query}`)
    await page.getByRole('textbox').fill('I plan with it.')
    await page.getByRole('button', { name: 'Ask your admin' }).click()
    await page.getByRole('button', { name: 'Ask your admin' }).waitFor({ state: 'hidden' })
  }
  await scene.visit('', stopped, { as: CYD })
}

function dialogButton(page: Page, name: string) {
  return page.getByRole('dialog').getByRole('button', { name, exact: true })
}
