import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type ConsoleScene, startConsole } from './console-scene.ts'
import { addFoundationData, type FoundationData } from './foundation-data.ts'
import { settled } from './settled.ts'

describe('users in the console', () => {
  let scene: ConsoleScene
  let data: FoundationData
  before(async () => {
    scene = await startConsole()
    data = await addFoundationData(scene)
  })
  after(() => scene[Symbol.asyncDispose]())

  test('are paged, sorted and searched by the server, and the address keeps how', async () => {
    await scene.visit('users', async (page) => {
      await page.getByText('33 users').waitFor()
      await page.getByRole('button', { name: 'Page 2', exact: true }).click()
      await page.getByRole('link', { name: 'p39' }).waitFor()
      await page.getByRole('button', { name: 'Username' }).click()
      await page.waitForURL(/sort=-username/)
      assert.equal(new URL(page.url()).searchParams.has('page'), false)
      await page.getByRole('searchbox').fill('p1')
      await page.getByText('10 users').waitFor()
      await page.reload()
      await page.getByText('10 users').waitFor()
      assert.equal(await page.getByRole('searchbox').inputValue(), 'p1')
      assert.equal(await page.getByRole('link', { name: /^p1/ }).first().innerText(), 'p19')
    })
  })

  test('are found by name too, and by role, and the address keeps that', async () => {
    await scene.visit('users', async (page) => {
      await page.getByRole('searchbox').fill('person 12')
      await page.getByText('1 user', { exact: true }).waitFor()
      await page.getByRole('searchbox').fill('')
      await page.getByText('33 users').waitFor()
      await page.getByRole('combobox', { name: 'Role' }).click()
      await page.getByRole('option', { name: 'Superadmin' }).click()
      await page.waitForURL(/role=superadmin/)
      await page.getByText('1 user', { exact: true }).waitFor()
      await page.reload()
      await page.getByRole('link', { name: 'admin', exact: true }).waitFor()
      assert.equal(await page.getByRole('combobox', { name: 'Role' }).inputValue(), 'Superadmin')
    })
  })

  test('a user is created, and what is wrong stands beside its field', async () => {
    await scene.visit('users/new', async (page) => {
      await page.getByLabel('Username').fill('ann')
      await page.getByRole('button', { name: 'Create the user' }).click()
      await page.getByText('There is a user "ann" in this organisation already.').waitFor()
      await page.locator('input[name=username]:focus').waitFor()
      await page.getByLabel('Username').fill('bob')
      await page.getByRole('button', { name: 'Create the user' }).click()
      await settled(page, 'bob')
      await page.getByText('bob is created.').waitFor()
    })
    const [bob] = await Array.fromAsync(scene.client.users.list({ search: { username: 'bob' } }))
    assert.equal(bob?.enabled, true)
  })

  test('a change that is not saved is not left behind unasked', async () => {
    await scene.visit(`users/${data.userId}`, async (page) => {
      await settled(page, 'ann')
      await page.getByLabel('Name', { exact: true }).fill('Ann B.')
      await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: 'Users' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click()
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByText('Saved.').waitFor()
    })
    const ann = await scene.client.users.get(data.userId)
    assert.deepEqual([ann.displayName, ann.email], ['Ann B.', 'ann@example.org'])
  })

  test('who edits what somebody else has changed meanwhile is asked, and what only the other changed stays', async () => {
    const { entityId } = await scene.client.users.create({ username: 'two-of-us', email: 'two@example.org' })
    await scene.visit(`users/${entityId}`, async (page) => {
      await page.getByLabel('Name').fill('Mine')
      await scene.client.users.change(entityId, { displayName: 'Theirs', email: 'theirs@example.org' })
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByText('Somebody else has made it “Theirs” meanwhile.').waitFor()
      assert.equal((await scene.client.users.get(entityId)).displayName, 'Theirs')
      await page.getByRole('button', { name: 'Save mine all the same' }).click()
      await page.getByText('Saved.').waitFor()
    })
    const { displayName, email } = await scene.client.users.get(entityId)
    assert.deepEqual([displayName, email], ['Mine', 'theirs@example.org'])
  })

  test('disabling says what it takes away, and does it', async () => {
    await scene.visit(`users/${data.userId}`, async (page) => {
      await settled(page, 'ann')
      await page.getByRole('button', { name: 'Disable…' }).click()
      await page.getByText('ann loses all access at once').waitFor()
      await page.getByRole('button', { name: 'Disable', exact: true }).click()
      await page.getByText('ann is disabled.').waitFor()
      await page.getByRole('button', { name: 'Enable…' }).waitFor()
    })
    assert.equal((await scene.client.users.get(data.userId)).enabled, false)
    await scene.client.users.enable(data.userId)
  })

  test('rights are given and shown again', async () => {
    await scene.visit(`users/${data.userId}`, async (page) => {
      await settled(page, 'ann')
      await page.getByLabel('See users and teams').check()
      await page.getByRole('button', { name: 'Save the rights' }).click()
      await page.getByText('A plain user has no permission flags').waitFor({ state: 'hidden' })
      await page.getByRole('combobox', { name: 'Role' }).click()
      await page.getByRole('option', { name: 'Admin of this organisation' }).click()
      await page.getByLabel('See users and teams').check()
      await page.getByRole('button', { name: 'Save the rights' }).click()
      await page.getByText('The rights of ann are changed.').first().waitFor()
    })
    const { role, flags } = await scene.client.admins.get(data.userId)
    assert.deepEqual([role, flags], ['admin', ['allow_view_users']])
  })

  test('all that match are chosen and disabled together, seen or not', async () => {
    await scene.visit('users?q=person', async (page) => {
      await page.getByText('30 users').first().waitFor()
      await page.getByLabel('Select all users on this page').check()
      await page.getByText('25 users selected').waitFor()
      await page.getByRole('button', { name: 'Select all 30 that match' }).click()
      await page.getByRole('button', { name: 'Try disabling…' }).click()
      await page.getByRole('button', { name: 'Try it' }).click()
      await page.getByText('30 of 30 users: 30 would change, 0 would fail').waitFor()
      await page.goBack()
      await page.getByLabel('Select all users on this page').check()
      await page.getByRole('button', { name: 'Select all 30 that match' }).click()
      await page.getByRole('button', { name: 'Disable…', exact: true }).click()
      await page.getByRole('button', { name: 'Disable 30' }).click()
      await page.waitForURL(/\/jobs\/bulk\//)
      await page.getByText('30 of 30 users: 30 changed, 0 failed').waitFor()
      await page.getByRole('link', { name: 'p10' }).click()
      await page.getByRole('button', { name: 'Enable…' }).waitFor()
    })
    const disabled = await Array.fromAsync(scene.client.users.list({ search: { enabled: 'false' } }))
    assert.equal(disabled.length, 30)
  })
})
