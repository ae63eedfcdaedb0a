import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ClientApi, TaskError } from '@portreeve/client'
import type { Page } from 'playwright-core'
import { assertAccessible } from './assert-accessible.ts'
import { type ConsoleScene, startConsole } from './console-scene.ts'
import { settled } from './settled.ts'

const ATTEMPTS = 20
const CYD = { username: 'cyd', email: 'cyd@example.org', password: 'cyd’s password' }

describe('tasks and jobs in the console', () => {
  let scene: ConsoleScene
  before(async () => {
    scene = await startConsole()
    await scene.client.users.create(CYD)
  })
  after(() => scene[Symbol.asyncDispose]())

  test('a task that failed is counted, found, explained and taken out of sight', async () => {
    const username = await proposeTwice(scene)
    await scene.visit('', async (page) => {
      await card(page, 'Failing jobs').getByRole('link', { name: '1 task', exact: true }).click()
      await settled(page, 'Tasks and jobs')
      await page.getByText('1 task', { exact: true }).waitFor()
      await page.getByRole('row').getByRole('link', { name: 'Create a user' }).click()
      await settled(page, 'Create a user')
      await page.getByText('It was refused when its turn came. Nothing was changed.').waitFor()
      await page.getByText(`there is a user "${username}"`).waitFor()
      await assertAccessible(page)
      await page.getByRole('button', { name: 'Take out of sight…' }).click()
      await dialogButton(page, 'Take out of sight').click()
      await page.getByText('The task is out of sight.').waitFor()
      await settled(page, 'Tasks and jobs')
      await page.getByRole('link', { name: 'Overview' }).click()
      await card(page, 'Failing jobs').getByText('Nothing failed.').waitFor()
    })
  })

  test('a task leads to what it made, and its list is narrowed by kind', async () => {
    const { entityId } = await scene.client.teams.create({ name: 'Pilots' })
    await scene.visit('jobs', async (page) => {
      await page.getByRole('combobox', { name: 'Kind' }).click()
      await page.getByRole('option', { name: 'Create a team' }).click()
      await page.getByText('1 task', { exact: true }).waitFor()
      await page.getByRole('link', { name: 'team Pilots: create' }).click()
      await page.getByText('It is made, and enforced.').waitFor()
      await page.getByRole('link', { name: 'What it made' }).click()
      // The page of the task has the name in its heading, too.
      await page.waitForURL(`**/console/teams/${entityId}`)
      await settled(page, 'Pilots')
    })
  })

  test('a job that failed in part is found, and what failed is done again from its page', async () => {
    const { connector_id: good } = await logIn(scene, 'Tablet')
    const missing = 999
    const order = { connector_ids: [good, missing] }
    const { bulk_id: id } = await scene.client.connectors.changeMany(order, { connector_state: 'Disabled' })
    await scene.client.bulkJobs.waitUntilEnded(id)
    await scene.visit('', async (page) => {
      await card(page, 'Failing jobs').getByRole('link', { name: '1 job over many things' }).click()
      await settled(page, 'Tasks and jobs')
      await page.getByRole('link', { name: 'Change of many devices' }).click()
      await settled(page, 'Change of many devices')
      await page.getByText('2 of 2 devices: 1 changed, 1 failed').waitFor()
      await page
        .getByRole('row')
        .filter({ hasText: String(missing) })
        .getByText('failed')
        .waitFor()
      await page.getByRole('button', { name: 'Retry the 1 that failed' }).click()
      await page.getByText('1 of 1 devices: 0 changed, 1 failed').waitFor()
      await page.getByRole('link', { name: 'an earlier job' }).click()
      await page.getByText('2 of 2 devices: 1 changed, 1 failed').waitFor()
      assert.ok(page.url().endsWith(`/console/jobs/bulk/${id}`))
    })
  })
})

/** Proposes a user without waiting for its turn; answers the task. */
async function proposeUser({ client }: ConsoleScene, username: string): Promise<string> {
  const headers = { prefer: 'respond-async', accept: 'application/json' }
  const answer = await client.request({ method: 'POST', path: '/api/users', body: { username }, headers })
  return (await answer.json()) as string
}

/** Proposes a user twice before the first has its turn, so that one task fails; answers the username. */
async function proposeTwice(scene: ConsoleScene): Promise<string> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const username = `twice${attempt}`
    const proposals = await Promise.allSettled([proposeUser(scene, username), proposeUser(scene, username)])
    const tasks = proposals.flatMap((proposal) => (proposal.status === 'fulfilled' ? [proposal.value] : []))
    // One that is alone came when the other was done, and was refused at once.
    const ends = await Promise.allSettled(tasks.map((task) => scene.client.tasks.waitUntilEnforced(task)))
    if (ends.some((end) => end.status === 'rejected' && end.reason instanceof TaskError)) return username
  }
  throw new Error('No second proposal came in time.')
}

function logIn({ server }: ConsoleScene, deviceName: string) {
  return new ClientApi(server.url).logIn({
    username: CYD.email,
    password: CYD.password,
    device_name: deviceName,
    platform: 'Android 16',
    app_version: '7.1.0',
    client_id: 'messenger',
  })
}

function card(page: Page, name: string) {
  return page.getByRole('region', { name })
}

function dialogButton(page: Page, name: string) {
  return page.getByRole('dialog').getByRole('button', { name, exact: true })
}
