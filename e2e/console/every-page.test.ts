import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { assertAccessible } from './assert-accessible.ts'
import { type ConsoleScene, startConsole } from './console-scene.ts'
import { addFoundationData, type FoundationData } from './foundation-data.ts'
import { type RegisteredPage, registeredPages } from './registered-pages.ts'
import { settled } from './settled.ts'

const DESKTOP = { width: 1280, height: 800 }
const NARROW = { width: 400, height: 800 }
const FITS_WITHIN_MS = 10_000
const POLL_MS = 50
const WINDOWS = 2

describe('every page of the console', () => {
  let scene: ConsoleScene
  let data: FoundationData
  before(async () => {
    scene = await startConsole()
    data = await addFoundationData(scene)
  })
  after(() => scene[Symbol.asyncDispose]())

  test('is accessible in light and dark colours, and needs no sideways scrolling at 400 pixels', async () => {
    const byVisitor = Map.groupBy(registeredPages(data), ({ isPublic = false }) => isPublic)
    for (const [isPublic, pages] of byVisitor) {
      const waiting = pages.values()
      // Few windows for all of them: each new one fetches and compiles everything again, and one alone mostly waits.
      const examine = () => scene.visit('', (page) => examineAll(page, waiting), isPublic ? { as: null } : {})
      await Promise.all(Array.from({ length: Math.min(WINDOWS, pages.length) }, examine))
    }
  })

  test('is refused to who may not open its area, and leaves it out of the navigation', async () => {
    await scene.visit(
      '',
      async (page) => {
        await settled(page, 'Overview')
        assert.deepEqual(await page.getByRole('navigation', { name: 'Areas' }).getByRole('link').allInnerTexts(), [
          'Overview',
          'Data sources',
          'Data-source groups',
          'Login credentials',
          'Your account',
        ])
        await page.goto('/console/users')
        await page.getByRole('alert').getByText('permission').waitFor()
      },
      { as: { email: 'ann@example.org', password: 'ann’s password' } },
    )
  })
})

async function examineAll(page: Page, pages: Iterable<RegisteredPage>): Promise<void> {
  for (const { address, heading } of pages) {
    await page.setViewportSize(DESKTOP)
    await page.goto(`/console/${address}`)
    await settled(page, heading)
    await assertAccessible(page)
    await page.setViewportSize(NARROW)
    await assertFits(page, address)
  }
}

/** Asked from here: a condition that the page itself were to watch would be a text to evaluate, which its policy forbids. */
async function assertFits(page: Page, address: string): Promise<void> {
  const width = () => page.evaluate<number>('document.documentElement.scrollWidth')
  for (const deadline = Date.now() + FITS_WITHIN_MS; (await width()) > NARROW.width && Date.now() < deadline; ) {
    await delay(POLL_MS)
  }
  assert.ok((await width()) <= NARROW.width, `${address} is ${await width()} pixels wide`)
}
