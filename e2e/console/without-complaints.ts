import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

/**
 * What Chromium writes of every answer of 400 and above: refusals are the console's to show, and the tests' to expect. What
 * the page must never do is to throw, to warn, or to want what its Content-Security-Policy forbids.
 */
const REFUSAL = /^Failed to load resource: the server responded with a status of (4\d\d|503) /

const LONGEST_QUOTE = 1500

/** Fails when the page complains meanwhile, in its console or by an error that nothing caught; tells what was to be seen. */
export async function withoutComplaints(page: Page, visit: () => Promise<void>): Promise<void> {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message))
  page.on('console', (message) => {
    const isBad = message.type() === 'error' || message.type() === 'warning'
    if (isBad && !REFUSAL.test(message.text())) complaints.push(`${message.type()}: ${message.text()}`)
  })
  try {
    await visit()
  } catch (error) {
    const seen = await page
      .locator('body')
      .innerText()
      .catch(() => '')
    const told = [`At ${page.url()}`, ...complaints, seen.slice(0, LONGEST_QUOTE)]
    throw new Error(`${error instanceof Error ? error.message : error}\n${told.join('\n')}`, { cause: error })
  }
  assert.deepEqual(complaints, [], `${page.url()} complained`)
}
