import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { SCRATCH_ADMIN } from '../../tools/scratch-server.ts'
import { assertAccessible } from './assert-accessible.ts'
import { type ConsoleScene, startConsole } from './console-scene.ts'

describe('signing in to the console', () => {
  let scene: ConsoleScene
  before(async () => {
    scene = await startConsole()
  })
  after(() => scene[Symbol.asyncDispose]())

  test('comes back to the page that was wanted', async () => {
    await scene.visit(
      'users?q=ro',
      async (page) => {
        await page.getByRole('heading', { name: 'Sign in' }).waitFor()
        await assertAccessible(page)
        await page.getByLabel('Email address').fill(SCRATCH_ADMIN.email)
        await page.getByLabel('Password', { exact: true }).fill('wrong')
        await page.getByRole('button', { name: 'Sign in' }).click()
        await page.getByText('The email address or the password is wrong.').waitFor()
        await page.getByLabel('Password', { exact: true }).fill(SCRATCH_ADMIN.password)
        await page.getByRole('button', { name: 'Sign in' }).click()
        await page.getByRole('heading', { name: 'Users' }).waitFor()
        assert.equal(new URL(page.url()).search, '?q=ro')
        assert.equal(await page.title(), 'Users · Portreeve')
      },
      { as: null },
    )
  })

  test('never leads on to another’s page', async () => {
    await scene.visit(
      'sign-in?next=//evil.example/',
      async (page) => {
        await page.getByLabel('Email address').fill(SCRATCH_ADMIN.email)
        await page.getByLabel('Password', { exact: true }).fill(SCRATCH_ADMIN.password)
        await page.getByRole('button', { name: 'Sign in' }).click()
        await page.getByRole('heading', { name: 'Overview' }).waitFor()
        assert.equal(page.url(), `${scene.server.url}/console`)
      },
      { as: null },
    )
  })

  test('a session that ends leads to the sign-in and back', async () => {
    await scene.visit('organisations', async (page) => {
      await page.getByRole('heading', { name: 'Organisations' }).waitFor()
      await page.context().clearCookies()
      await page.getByLabel('Search organisations').fill('x')
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
      await page.getByLabel('Email address').fill(SCRATCH_ADMIN.email)
      await page.getByLabel('Password', { exact: true }).fill(SCRATCH_ADMIN.password)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('heading', { name: 'Organisations' }).waitFor()
    })
  })

  test('signing out ends the session on the server', async () => {
    await scene.visit('', async (page) => {
      await page.getByRole('button', { name: 'admin' }).click()
      await page.getByRole('menuitem', { name: 'Sign out' }).click()
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
      assert.equal((await page.request.get('/v1/admin/session/')).status(), 401)
    })
  })

  test('the keyboard reaches everything: skip link, command palette, focus on the new heading', async () => {
    await scene.visit('', async (page) => {
      await page.getByRole('heading', { name: 'Overview' }).waitFor()
      await page.keyboard.press('Control+k')
      await page.getByPlaceholder('Go to …').fill('new org')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'New organisation' }).waitFor()
      await page.locator('h1:focus').waitFor()
    })
  })

  test('a server that is away is said so, and the page goes on when it is back', async () => {
    await scene.visit('', async (page) => {
      await page.getByRole('heading', { name: 'Overview' }).waitFor()
      await page.route('**/api/users?**', (route) => route.fulfill({ status: 503 }))
      await page.getByRole('link', { name: 'Users' }).click()
      await page.getByText('The server does not answer').waitFor()
      await page.unroute('**/api/users?**')
      await page.getByRole('link', { name: 'admin', exact: true }).waitFor()
      await page.getByText('The server does not answer').waitFor({ state: 'hidden' })
    })
  })
})
