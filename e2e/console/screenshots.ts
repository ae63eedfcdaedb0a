/**
 * `npm run screenshots [name …]`: photographs of the registered pages, or of those of these names, for people to look at:
 * light, dark, in a window of 400 pixels, and at 200 %. `npm run screenshots -- --guides` makes the pictures of docs/guides.
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
const GUIDES = join(import.meta.dirname, '../../docs/guides/images')
const DESKTOP = { width: 1280, height: 800 }
const WINDOWS: Readonly<Record<string, BrowserContextOptions>> = {
  light: { viewport: DESKTOP, colorScheme: 'light' },
  dark: { viewport: DESKTOP, colorScheme: 'dark' },
  narrow: { viewport: { width: 400, height: 800 }, colorScheme: 'light' },
  // Zooming to 200 % halves the window, in pixels that are twice as large.
  zoomed: { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, colorScheme: 'light' },
}

const isForGuides = process.argv.includes('--guides')
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const directory = isForGuides ? GUIDES : DIRECTORY
const windows = Object.entries(WINDOWS).filter(([kind]) => !isForGuides || kind === 'light')
await mkdir(directory, { recursive: true })
await using scene = await startConsole()
const pages = registeredPages(await addFoundationData(scene))
for (const { name, address, heading, isPublic = false, isInGuides = false } of pages) {
  if ((wanted.length > 0 && !wanted.includes(name)) || (isForGuides && !isInGuides)) continue
  for (const [kind, options] of windows) {
    const photograph = async (page: Parameters<Parameters<typeof scene.visit>[1]>[0]) => {
      await settled(page, heading)
      const file = isForGuides ? `${name}.png` : `${name}-${kind}.png`
      await page.screenshot({ path: join(directory, file), fullPage: !isForGuides })
    }
    await scene.visit(address, photograph, { ...options, ...(isPublic && { as: null }) })
  }
}
console.log(`${directory} has them.`)
