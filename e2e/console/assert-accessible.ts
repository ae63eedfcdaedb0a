import assert from 'node:assert/strict'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const GRAVE = new Set<string | null | undefined>(['serious', 'critical'])

/** Those of axe that another colour scheme can change the answer of. */
const RULES_ABOUT_COLOURS = ['color-contrast', 'link-in-text-block']

/** Fails on what axe finds serious or critical, in light colours and in dark ones. */
export async function assertAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor()
    // Without frames there are no results to put together, for which a page of its own would be opened every time.
    const axe = new AxeBuilder({ page }).setLegacyMode()
    const { violations } = await (colorScheme === 'dark' ? axe.withRules(RULES_ABOUT_COLOURS) : axe).analyze()
    const grave = violations
      .filter(({ impact }) => GRAVE.has(impact))
      .map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
      )
    assert.deepEqual(grave, [], `${page.url()} in ${colorScheme} colours`)
  }
}
