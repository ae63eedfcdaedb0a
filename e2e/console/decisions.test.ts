import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { type ConsoleScene, startConsole } from './console-scene.ts'
import { addFoundationData, type FoundationData } from './foundation-data.ts'
import { settled } from './settled.ts'

describe('decisions in the console', () => {
  let scene: ConsoleScene
  let data: FoundationData
  before(async () => {
    scene = await startConsole()
    data = await addFoundationData(scene)
  })
  after(() => scene[Symbol.asyncDispose]())

  test('an answer has its reasons link by link, and its address asks the same again', async () => {
    await scene.visit('decisions', async (page) => {
      await settled(page, 'Decisions')
      await page.getByRole('combobox', { name: 'Username' }).fill('ann')
      await page.getByRole('combobox', { name: 'Repository' }).fill('charts')
      await page.getByLabel('Path').fill('/trunk/maps')
      await page.getByRole('button', { name: 'Ask' }).click()
      await page.getByText('Yes: ann may read charts:/trunk/maps.').waitFor()
      await page.reload()
      await page.getByText('Yes: ann may read charts:/trunk/maps.').waitFor()
      const chain = page.getByRole('list', { name: 'Chain of reasons' })
      assert.equal(await chain.getByRole('link', { name: 'Pilots' }).count(), 1)
      await chain.getByRole('link', { name: 'Piloting' }).click()
      await page.waitForURL(new RegExp(`/teams/${data.teamId}/rules/${data.ruleId}`))
    })
  })

  test('a refusal says what would change it, and who is not known is said beside the field', async () => {
    await scene.visit('decisions?username=p10&repository=charts&path=/trunk/maps', async (page) => {
      await page.getByText('No: p10 may not read charts:/trunk/maps.').waitFor()
      await page.getByText('What would change it:').waitFor()
      await page.getByRole('combobox', { name: 'Username' }).fill('nobody')
      await page.getByRole('button', { name: 'Ask' }).click()
      await page.getByText('the organisation has no such user').waitFor()
      await page.locator('input[name=username]:focus').waitFor()
      assert.equal(await page.getByText('No: p10').count(), 0)
    })
  })

  test('who reaches a place is listed, leads to the reasons, and is downloaded as CSV', async () => {
    await scene.visit('decisions/who?repository=charts&path=/trunk/maps', async (page) => {
      await page.getByText('1 person').waitFor()
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Download all as CSV' }).click()
      const csv = await readFile(await (await download).path(), 'utf8')
      assert.match(csv, /^userId,username,permission,.*\r?\n[^\n]*,ann,READ_WRITE,/)
      await page.getByRole('link', { name: 'Why' }).click()
      await page.getByText('Yes: ann may read charts:/trunk/maps.').waitFor()
      await page.getByRole('tab', { name: 'What this person reaches' }).click()
      await page.getByText('charts:/trunk/maps', { exact: true }).waitFor()
    })
  })
})
