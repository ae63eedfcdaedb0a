import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type ConsoleScene, startConsole } from './console-scene.ts'
import { settled } from './settled.ts'

describe('settings in the console', () => {
  let scene: ConsoleScene
  before(async () => {
    scene = await startConsole()
  })
  after(() => scene[Symbol.asyncDispose]())

  test('a schedule that never comes and a share that cannot be are told beside their fields, and then saved', async () => {
    await scene.visit('settings', async (page) => {
      await settled(page, 'Settings')
      await page.getByLabel('Synchronise teams').fill('often')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('"often" is not a schedule that ever comes').waitFor()
      await page.getByLabel('Synchronise teams').fill('15 * * * *')
      await page.getByLabel('May leave a team unasked').fill('101')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.locator('[name=directoryRemovalShare][aria-invalid=true]').waitFor()
      await page.getByLabel('May leave a team unasked').fill('10')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Saved.').waitFor()
    })
    const { directorySyncSchedule, directoryRemovalShare } = await scene.client.settings.get()
    assert.deepEqual(
      { directorySyncSchedule, directoryRemovalShare },
      { directorySyncSchedule: '15 * * * *', directoryRemovalShare: 10 },
    )
  })

  test('whoever ends batched updates reads how many changes take effect, and another’s change stays', async () => {
    await scene.client.settings.change({ batchedUpdates: true })
    await scene.client.teams.create({ name: 'Waiting' })
    await scene.visit('settings', async (page) => {
      await settled(page, 'Settings')
      await page.getByLabel('Changes wait until they are applied').uncheck()
      await page.getByText('1 change takes effect.').waitFor()
      await scene.client.settings.change({ secretReminderDays: 90 })
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Saved.').waitFor()
    })
    const { batchedUpdates, secretReminderDays } = await scene.client.settings.get()
    assert.deepEqual({ batchedUpdates, secretReminderDays }, { batchedUpdates: false, secretReminderDays: 90 })
  })
})
