import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import type { Locator } from 'playwright-core'
import { type ConsoleScene, startConsole } from './console-scene.ts'
import { addFoundationData, type FoundationData } from './foundation-data.ts'
import { settled } from './settled.ts'

describe('the audit in the console', () => {
  let scene: ConsoleScene
  let data: FoundationData
  before(async () => {
    scene = await startConsole()
    data = await addFoundationData(scene)
  })
  after(() => scene[Symbol.asyncDispose]())

  test('is narrowed in the address, and a record tells what was done', async () => {
    await scene.visit('audit', async (page) => {
      await settled(page, 'Audit')
      await page.getByLabel('Act', { exact: true }).fill('rule.create')
      await page.getByRole('button', { name: 'Show' }).click()
      await page.getByText('1 record, newest first').waitFor()
      await page.reload()
      await page.getByText('1 record, newest first').waitFor()
      await page.getByRole('link', { name: 'rule.create' }).click()
      await page.getByRole('heading', { level: 1, name: /^Record \d+$/ }).waitFor()
      await page.getByRole('cell', { name: `rule ${data.ruleId}` }).waitFor()
    })
  })

  test('goes on from page to page, each record once, and back to the newest', async () => {
    await scene.visit('audit', async (page) => {
      await settled(page, 'Audit')
      const acts = page.locator('tbody a[href*="/console/audit/"]')
      const first = await addressesOf(acts)
      assert.equal(first.length, 25)
      await page.getByRole('link', { name: 'Older' }).click()
      await page.locator(`tbody a[href="${first[0]}"]`).waitFor({ state: 'hidden' })
      await settled(page, 'Audit')
      const second = await addressesOf(acts)
      assert.ok(second.length > 0)
      assert.deepEqual(
        second.filter((address) => first.includes(address)),
        [],
      )
      await page.getByRole('link', { name: 'Newest' }).click()
      await page.waitForURL((url) => !url.searchParams.has('before'))
    })
  })

  test('an id without its type is refused beside the field', async () => {
    await scene.visit('audit', async (page) => {
      await settled(page, 'Audit')
      await page.getByLabel('Id of the thing').fill(data.teamId)
      await page.getByRole('button', { name: 'Show' }).click()
      await page.getByText('say which, such as team').waitFor()
      await page.locator('input[name=objectType]:focus').waitFor()
    })
  })

  test('what the filter lets through is downloaded whole', async () => {
    await scene.visit('audit?act=rule.create', async (page) => {
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Download as JSON lines' }).click()
      const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\n')
      assert.deepEqual(
        lines.map((line) => JSON.parse(line).act),
        ['rule.create'],
      )
    })
  })

  test('is verified, and says that it is intact', async () => {
    await scene.visit('audit/verify', async (page) => {
      await page.getByRole('button', { name: 'Verify' }).click()
      await page.getByText('The audit is intact').waitFor()
    })
  })
})

async function addressesOf(links: Locator): Promise<readonly (string | null)[]> {
  return Promise.all((await links.all()).map((link) => link.getAttribute('href')))
}
