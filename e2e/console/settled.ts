import type { Page } from 'playwright-core'

/** Resolves when the page has its heading and nothing on it is being loaded any more. */
export async function settled(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
  await page
    .locator('[aria-busy=true], .mantine-Skeleton-root, .mantine-Loader-root')
    .first()
    .waitFor({ state: 'hidden' })
  await page.waitForLoadState('networkidle')
}
