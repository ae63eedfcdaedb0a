import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { dnOfPerson, GROUP_BASE, READER, USER_BASE } from '../../tools/slapd/scratch-ldif.ts'
import { type ScratchSlapd, startScratchSlapd } from '../../tools/slapd/scratch-slapd.ts'
import { type ConsoleScene, startConsole } from './console-scene.ts'
import { settled } from './settled.ts'

describe('LDAP authorities in the console', () => {
  let scene: ConsoleScene
  let slapd: ScratchSlapd
  before(async () => {
    const people = ['ian', 'joy', 'kim', 'lee'].map((uid) => ({ uid }))
    const groups = [
      { cn: 'core', members: [dnOfPerson('ian')] },
      { cn: 'staff', members: people.map(({ uid }) => dnOfPerson(uid)) },
    ]
    slapd = await startScratchSlapd({ people, groups })
    scene = await startConsole()
  })
  after(async () => {
    await scene?.[Symbol.asyncDispose]()
    await slapd?.[Symbol.asyncDispose]()
  })

  /** With the bind password that is right. */
  async function makeAuthority(name: string): Promise<string> {
    const bind = { bindDn: READER.dn, bindPassword: READER.password }
    const where = { url: slapd.url, userBase: USER_BASE, groupBase: GROUP_BASE }
    return (await scene.client.ldapAuthorities.create({ name, ...where, ...bind })).entityId
  }

  test('one is tried before it is made, keeps its password unseen, and is tried again with a filter', async () => {
    await scene.visit('authorities/new', async (page) => {
      await page.locator('[name=name]').fill('staff directory')
      await page.locator('[name=url]').fill('http://example.org')
      await page.getByLabel('User base').fill(USER_BASE)
      await page.getByLabel('Bind DN').fill(READER.dn)
      await page.getByRole('button', { name: 'Create the LDAP authority' }).click()
      await page.locator('[name=url][aria-invalid=true]').waitFor()
      await page.locator('[name=url]').fill(slapd.url)
      await page.locator('[name=bindPassword]').fill('wrong')
      await page.getByRole('button', { name: 'Test what is entered' }).click()
      await page.getByText('It does not work').waitFor()
      await page.locator('[name=bindPassword]').fill(READER.password)
      await page.getByRole('button', { name: 'Test what is entered' }).click()
      await page.getByText('users found: 4').waitFor()
      await page.getByRole('button', { name: 'Create the LDAP authority' }).click()
      await settled(page, 'staff directory')
      assert.equal(await page.locator('[name=bindPassword]').inputValue(), '')
      await page.getByLabel('Entries asked for').fill('100')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Saved.').waitFor()
      await page.getByRole('tab', { name: 'Test' }).click()
      // The overview has a filter, too.
      await page.getByRole('button', { name: 'Test the connection' }).waitFor()
      await page.getByLabel('Filter').fill('(uid=')
      await page.getByRole('button', { name: 'Test the connection' }).click()
      await page.getByText('This is no LDAP filter').waitFor()
      await page.getByLabel('Filter').fill('(uid=k*)')
      await page.getByRole('button', { name: 'Test the connection' }).click()
      await page.getByText('users found: 1').waitFor()
      await page.getByRole('cell', { name: dnOfPerson('kim') }).waitFor()
    })
    const [stored] = await Array.fromAsync(scene.client.ldapAuthorities.list({ search: { name: 'staff directory' } }))
    assert.deepEqual([stored?.pageSize, stored?.bindDn], [100, READER.dn])
  })

  test('a team is given a query, shown whom it brings, synchronised, and asked about when too many would leave', async () => {
    const authority = await makeAuthority('for teams')
    const { entityId: team } = await scene.client.teams.create({ name: 'Crew' })
    await scene.visit(`authorities/${authority}/teams/new`, async (page) => {
      await page.getByRole('combobox', { name: 'Team' }).click()
      await page.getByRole('option', { name: 'Crew' }).click()
      await page.getByLabel('Filter').fill('(cn=staff)')
      await page.getByRole('button', { name: 'Give it the query' }).click()
      await settled(page, 'Crew')
      await page.getByText('There was none yet.').waitFor()
      await page.getByRole('button', { name: 'Preview a synchronisation' }).click()
      await page.getByText('4 people join Crew, 4 of them with a new account.').waitFor()
      await page.getByRole('button', { name: 'Synchronise…' }).click()
      await page.getByRole('button', { name: 'Synchronise', exact: true }).click()
      await page.getByText('It is enforced').waitFor()
      await page.getByLabel('Filter').fill('(cn=core)')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Saved.').waitFor()
      await page.getByRole('button', { name: 'Preview a synchronisation' }).click()
      await page.getByText('That is more than 20 % of its 4 members.').waitFor()
      await page.getByRole('button', { name: 'Synchronise…' }).click()
      await page.getByLabel('Type Crew to go on').fill('Crew')
      await page.getByRole('button', { name: 'Synchronise', exact: true }).click()
      await page.getByText('0 joined, and 3 left.').waitFor()
    })
    const left = await Array.fromAsync(scene.client.teams.listMembers(team), ({ username }) => username)
    assert.deepEqual(left, ['ian'])
  })

  test('one that a team uses says so before it is deleted, and goes once none does', async () => {
    const authority = await makeAuthority('unwanted')
    const query = { ldapAuthority: authority, ldapFilter: '(cn=core)' }
    const { entityId: team } = await scene.client.teams.create({ name: 'Users of it', ...query })
    await scene.visit(`authorities/${authority}`, async (page) => {
      await settled(page, 'unwanted')
      await page.getByRole('button', { name: 'Delete…' }).click()
      await page.getByText('1 team takes members from it now.').waitFor()
      await page.getByLabel('Type unwanted to go on').fill('unwanted')
      await page.getByRole('button', { name: 'Delete', exact: true }).click()
      await page.getByText('1 teams and 0 users still use this LDAP authority.').waitFor()
      await scene.client.teams.change(team, { name: 'Users of it' })
      await page.getByRole('button', { name: 'Delete', exact: true }).click()
      await settled(page, 'LDAP authorities')
      await page.getByText('unwanted is deleted.').waitFor()
    })
  })
})
