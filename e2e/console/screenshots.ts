/**
 * `npm run screenshots [name …]`: photographs of the registered pages, or of those of these names, for people to look at:
 * light, dark, in a window of 400 pixels, and at 200 %.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import type { BrowserContextOptions } from 'playwright-core'
import { startConsole } from './console-scene.ts'
import { addFoundationData } from './foundation-data.ts'
import { registeredPages } from './registered-pages.ts'
import { settled } from './settled.ts'

const DIRECTORY = join(import.meta.dirname, 'screenshots')
const DESKTOP = { width: 1280, height: 800 }
const WINDOWS: Readonly<Record<string, BrowserContextOptions>> = {
  light: { viewport: DESKTOP, colorScheme: 'light' },
  dark: { viewport: DESKTOP, colorScheme: 'dark' },
  narrow: { viewport: { width: 400, height: 800 }, colorScheme: 'light' },
  // Zooming to 200 % halves the window, in pixels that are twice as large.
  zoomed: { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, colorScheme: 'light' },
}

const wanted = process.argv.slice(2)
await mkdir(DIRECTORY, { recursive: true })
await using scene = await startConsole()
const pages = registeredPages(await addFoundationData(scene))
for (const { name, address, heading, isPublic = false } of pages) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  for (const [kind, options] of Object.entries(WINDOWS)) {
    const photograph = async (page: Parameters<Parameters<typeof scene.visit>[1]>[0]) => {
      await settled(page, heading)
      await page.screenshot({ path: join(DIRECTORY, `${name}-${kind}.png`), fullPage: true })
    }
    await scene.visit(address, photograph, { ...options, ...(isPublic && { as: null }) })
  }
}
console.log(`${DIRECTORY} has them.`)
