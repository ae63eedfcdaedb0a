import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { type ConsoleScene, startConsole } from './console-scene.ts'
import { settled } from './settled.ts'

const SAM = { email: 'sam@example.org', password: 'sam’s password' }

describe('data sources, groups and login credentials in the console', () => {
  let scene: ConsoleScene
  before(async () => {
    scene = await startConsole()
    await scene.client.users.create({ username: 'sam', ...SAM })
  })
  after(() => scene[Symbol.asyncDispose]())

  test('login credentials take a password that is never shown, and a data source that is linked to them tries them', async () => {
    await scene.visit('login-credentials/new', async (page) => {
      await page.getByLabel('Name', { exact: false }).first().fill('Reader')
      await page.getByRole('textbox', { name: 'Username' }).fill('reader')
      await page.getByRole('button', { name: 'Store them' }).click()
      await page.getByText('Field is required').waitFor()
      await page.locator('input[name=password]:focus').waitFor()
      await page.locator('input[name=password]').fill('s3cret of the ledger')
      await page.getByRole('button', { name: 'Store them' }).click()
      await settled(page, 'Reader')
      await page.getByText('by admin').waitFor()
      await page.getByText('No data source uses them.').waitFor()
    })
    await scene.visit('data-sources/new', async (page) => {
      await page.getByRole('textbox', { name: 'Name' }).fill('Ledger')
      await page.getByRole('textbox', { name: 'Host' }).fill('127.0.0.1')
      await page.getByRole('textbox', { name: 'Port' }).fill('1')
      await page.locator('main').getByLabel('Login credentials').fill('Read')
      await page.getByRole('option', { name: 'Reader' }).click()
      await page.getByLabel('Stewards').first().fill('sam')
      await page.getByRole('option', { name: 'sam' }).click()
      await page.getByRole('textbox', { name: 'Properties' }).fill('owner = finance')
      await page.getByRole('button', { name: 'Make the data source' }).click()
      await settled(page, 'Ledger')
      await page.getByText('127.0.0.1:1').waitFor()
      await page.getByText('finance').waitFor()
      await page.getByRole('button', { name: 'Test Reader at Ledger…' }).click()
      await page.getByRole('button', { name: 'Log in' }).click()
      await page.getByText('It could not log in.').waitFor()
      await page.getByRole('button', { name: 'Close' }).click()
      await page.getByRole('link', { name: 'Reader' }).click()
      await page.getByText('Handed out 0 times to 0 people.').waitFor()
      assert.ok(!(await page.content()).includes('s3cret'))
    })
  })

  test('a steward, who is no admin, changes what they look after and nothing else', async () => {
    const { id } = await scene.client.dataSources.create({ name: 'Stock', databaseType: 'Oracle', stewards: ['sam'] })
    const other = await scene.client.dataSources.create({ name: 'Wages', databaseType: 'Oracle' })
    await scene.visit(
      `data-sources/${id}/change`,
      async (page) => {
        await page.getByRole('textbox', { name: 'Status' }).fill('Moving house')
        await page.getByRole('button', { name: 'Save' }).click()
        await page.getByText('Saved.').waitFor()
        await page.goto(`/console/data-sources/${other.id}/change`)
        await page.getByRole('textbox', { name: 'Status' }).fill('Mine')
        await page.getByRole('button', { name: 'Save' }).click()
        await page.getByText('You may not do this here.').waitFor()
      },
      { as: SAM },
    )
    assert.equal((await scene.client.dataSources.get(id)).status, 'Moving house')
    assert.equal((await scene.client.dataSources.get(other.id)).status, '')
  })

  test('in the tree a data source is dragged into a group, and by keyboard it is moved out again', async () => {
    const group = await scene.client.dataSourceGroups.create({ name: 'Finance' })
    const source = await scene.client.dataSources.create({ name: 'Budget', databaseType: 'DB2' })
    await scene.visit('groups', async (page) => {
      await page
        .getByRole('link', { name: 'Budget' })
        .locator('../..')
        .dragTo(page.getByRole('link', { name: 'Finance' }))
      const asked = page.getByRole('dialog', { name: 'Move Budget into Finance?' })
      await asked.getByText('the stewards of the groups it is in look after it').waitFor()
      await asked.getByRole('button', { name: 'Move' }).click()
      await page.getByText('Budget is in Finance now.').waitFor()
      assert.equal((await scene.client.dataSources.get(source.id)).groupId, group.id)
      await page.getByRole('button', { name: 'What is in Finance' }).press('Enter')
      const inside = page.getByRole('region', { name: 'In Finance' })
      await inside.getByRole('link', { name: 'Budget' }).press('Enter')
      await settled(page, 'Budget')
      await moveOut(page)
      await page.getByText('Budget is in no group now.').waitFor()
    })
    assert.equal((await scene.client.dataSources.get(source.id)).groupId, undefined)
  })

  test('deleting a group names what goes with it, and leaves its data sources', async () => {
    const group = await scene.client.dataSourceGroups.create({ name: 'Europe' })
    await scene.client.dataSourceGroups.create({ name: 'Spain', parentId: group.id })
    const source = await scene.client.dataSources.create({ name: 'Customs', databaseType: 'DB2', groupId: group.id })
    await scene.visit(`groups/${group.id}/change`, async (page) => {
      await page.getByRole('button', { name: 'Delete…' }).click()
      const asked = page.getByRole('dialog', { name: 'Delete Europe?' })
      await asked.getByText('1 group and 1 data source are directly in it.').waitFor()
      await asked.getByLabel('Type Europe to go on').fill('Europe')
      await asked.getByRole('button', { name: 'Delete', exact: true }).click()
      await settled(page, 'Data-source groups')
    })
    assert.equal((await scene.client.dataSources.get(source.id)).groupId, undefined)
  })

  test('a password is replaced, and where the host is trusted it is removed', async () => {
    const credentials = { name: 'Loader', username: 'loader', password: 'the first', trusted: true }
    const { id, passwordSetAt } = await scene.client.loginCredentials.create(credentials)
    assert.ok(passwordSetAt !== undefined)
    await scene.visit(`login-credentials/${id}`, async (page) => {
      await page.getByRole('button', { name: 'Replace the password…' }).click()
      const replacing = page.getByRole('dialog', { name: 'Replace the password of Loader' })
      await replacing.locator('input[name=password]').fill('the second')
      await replacing.getByRole('button', { name: 'Replace the password' }).click()
      await page.getByText('The password of Loader is replaced.').waitFor()
      await page.getByRole('button', { name: 'Remove the password…' }).click()
      const removing = page.getByRole('dialog', { name: 'Remove the password of Loader?' })
      await removing.getByText('It is erased and cannot be brought back').waitFor()
      await removing.getByRole('button', { name: 'Remove', exact: true }).click()
      await page.getByText('Loader has no password any more.').waitFor()
      await page.getByRole('button', { name: 'Set a password…' }).waitFor()
      assert.equal(await page.getByRole('button', { name: 'Remove the password…' }).count(), 0)
    })
    assert.equal((await scene.client.loginCredentials.get(id)).passwordSetAt, undefined)
  })

  test('who changes a data source that somebody else changes at the same time is asked whose is to stay', async () => {
    const { dataSources } = scene.client
    const { id } = await dataSources.create({ name: 'Orders', databaseType: 'Oracle', host: 'old.example' })
    await scene.visit(`data-sources/${id}/change`, async (page) => {
      const host = page.getByRole('textbox', { name: 'Host' })
      await host.fill('mine.example')
      await dataSources.change(id, { host: 'theirs.example', status: 'Moving' })
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Somebody else has made it “theirs.example” meanwhile.').waitFor()
      await page.getByRole('button', { name: 'Save mine all the same' }).click()
      await page.getByText('Saved.').waitFor()
    })
    const { host, status } = await dataSources.get(id)
    assert.deepEqual({ host, status }, { host: 'mine.example', status: 'Moving' })
  })

  test('what somebody else has changed since it was shown is not deleted before it was looked at', async () => {
    const { dataSources } = scene.client
    const { id } = await dataSources.create({ name: 'Stale', databaseType: 'Oracle' })
    await scene.visit(`data-sources/${id}/change`, async (page) => {
      await page.getByRole('button', { name: 'Delete…' }).click()
      await page.getByLabel('Type Stale to go on').fill('Stale')
      await dataSources.change(id, { status: 'In use again' })
      await page.getByRole('button', { name: 'Delete', exact: true }).click()
      await page.getByText('Somebody else has changed it since it was shown here').waitFor()
      await page.getByRole('button', { name: 'Show what is there now' }).click()
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
      assert.equal(await page.getByRole('textbox', { name: 'Status' }).inputValue(), 'In use again')
      await page.getByRole('button', { name: 'Delete…' }).click()
      await page.getByLabel('Type Stale to go on').fill('Stale')
      await page.getByRole('button', { name: 'Delete', exact: true }).click()
      await settled(page, 'Data sources')
    })
    await assert.rejects(dataSources.get(id), { status: 404 })
  })

  test('no password is due for a change that was set just now', async () => {
    await scene.client.loginCredentials.create({ name: 'Fresh', username: 'fresh', password: 'just now' })
    await scene.visit('', async (page) => {
      await page.getByText('No stored password is older than the settings want it to be.').waitFor()
      await page.goto('/console/login-credentials')
      await page.getByRole('link', { name: 'Fresh' }).waitFor()
      await page.goto('/console/login-credentials?stale=true')
      await page.getByText('No login credentials match.').waitFor()
    })
  })

  test('the link of each leads to its page', async () => {
    const { link } = await scene.client.dataSourceGroups.create({ name: 'Linked' })
    await scene.visit('', async (page) => {
      await page.goto(link)
      await settled(page, 'Linked')
    })
  })
})

async function moveOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Move to…' }).press('Enter')
  await page.getByRole('dialog', { name: 'Move Budget' }).getByRole('button', { name: 'Into no group' }).press('Enter')
}
