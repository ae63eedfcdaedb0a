import { PortreeveClient } from '@portreeve/client'
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { buildConsole, isStale } from '../../apps/console/build.ts'
import {
  SCRATCH_ADMIN,
  type ScratchServer,
  type ScratchServerOptions,
  startScratchServer,
} from '../../tools/scratch-server.ts'
import { launchChromium } from './chromium.ts'
import { withoutComplaints } from './without-complaints.ts'

const STEP_TIMEOUT_MS = 15_000

/** What a test does in a browser. */
export type Visit = (page: Page) => Promise<void>

export interface VisitOptions extends BrowserContextOptions {
  /** Who is signed in; the superadmin when absent, nobody when null. */
  readonly as?: { readonly email: string; readonly password: string } | null
}

export interface ConsoleScene extends AsyncDisposable {
  readonly server: ScratchServer
  /** The superadmin, over HTTP: to set things up, and to see what came of them. */
  readonly client: PortreeveClient
  /** Opens an address of the console, such as `users?q=ann`, in a browser of its own, and fails if the page complains. */
  visit(address: string, visit: Visit, options?: VisitOptions): Promise<void>
}

/** A real server, the console as it is built, and a browser. */
export async function startConsole(options: ScratchServerOptions = {}): Promise<ConsoleScene> {
  await using starting = new AsyncDisposableStack()
  if (await isStale()) await buildConsole()
  const server = starting.use(await startScratchServer(options))
  const browser = starting.use(await launchChromium())
  const running = starting.move()
  return {
    server,
    client: new PortreeveClient({ baseUrl: server.url, token: server.token }),
    async visit(address, visit, { as = SCRATCH_ADMIN, ...contextOptions } = {}) {
      await using context = await browser.newContext({ baseURL: server.url, ...contextOptions })
      if (as) await signIn(context, as)
      const page = await context.newPage()
      page.setDefaultTimeout(STEP_TIMEOUT_MS)
      await withoutComplaints(page, async () => {
        await page.goto(`/console/${address}`)
        await visit(page)
      })
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

async function signIn(context: BrowserContext, credentials: object): Promise<void> {
  const answer = await context.request.post('/v1/admin/login/', { data: credentials })
  if (!answer.ok()) throw new Error(`Signing in failed: ${answer.status()} ${await answer.text()}`)
}
