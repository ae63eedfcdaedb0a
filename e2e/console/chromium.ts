import { type Browser, chromium } from 'playwright-core'

/** Debian's own, without a sandbox or a graphics card, and without talking to anybody but the page's server. */
const EXECUTABLE = '/usr/bin/chromium'
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export async function launchChromium(): Promise<Browser & AsyncDisposable> {
  return await chromium.launch({ executablePath: EXECUTABLE, headless: true, args: ARGUMENTS })
}
