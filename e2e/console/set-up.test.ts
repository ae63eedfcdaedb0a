import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildConsole, isStale } from '../../apps/console/build.ts'
import { findFreePort } from '../../tools/ports/free-port.ts'
import { spawnServer } from '../server-process.ts'
import { assertAccessible } from './assert-accessible.ts'
import { launchChromium } from './chromium.ts'
import { withoutComplaints } from './without-complaints.ts'

test('the first superadmin is made in the console, by who has the link that the server printed', async () => {
  if (await isStale()) await buildConsole()
  const port = await findFreePort()
  await using server = await spawnServer({ port, env: { PORTREEVE_PORT: String(port) } })
  await server.says(/\/setup\?code=/)
  const link = /http\S+\/setup\?code=\S+/.exec(server.said)?.[0] ?? ''
  await using browser = await launchChromium()
  await using context = await browser.newContext()
  const page = await context.newPage()
  await withoutComplaints(page, async () => {
    await page.goto(`${server.url}/`)
    await page.getByRole('heading', { name: 'Set up Portreeve' }).waitFor()
    await assertAccessible(page)
    await page.getByLabel('Email address').fill('root@example.org')
    await page.getByLabel('Password', { exact: true }).fill('correct-horse')
    await page.getByLabel('Set-up code').fill('guessed')
    await page.getByRole('button', { name: 'Make the superadmin' }).click()
    await page.getByText('This set-up link has expired or is not complete.').waitFor()
    await page.getByLabel('Set-up code').fill(link)
    await page.getByRole('button', { name: 'Make the superadmin' }).click()
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    await page.goto(`${server.url}/console/set-up?code=${new URL(link).searchParams.get('code')}`)
    await page.getByText('There is a superadmin already.').waitFor()
  })
  const answer = await fetch(`${server.url}/v1/admin/setup/`)
  assert.deepEqual(await answer.json(), { needed: false })
})
