import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { type ConsoleScene, startConsole } from './console-scene.ts'
import { addFoundationData, type FoundationData } from './foundation-data.ts'
import { settled } from './settled.ts'

describe('teams in the console', () => {
  let scene: ConsoleScene
  let data: FoundationData
  before(async () => {
    scene = await startConsole()
    data = await addFoundationData(scene)
  })
  after(() => scene[Symbol.asyncDispose]())

  test('a subteam is made from its parent, is in the tree below it, and moves to the top', async () => {
    await scene.visit(`teams/${data.teamId}`, async (page) => {
      await page.getByRole('link', { name: 'New subteam' }).click()
      await settled(page, 'New subteam')
      await page.getByLabel('Name').fill('Night shift')
      await page.getByRole('button', { name: 'Create the subteam' }).click()
      await settled(page, 'Night shift')
      await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: 'Teams' }).click()
      await settled(page, 'Teams')
      assert.equal(await page.getByRole('link', { name: 'Night shift' }).count(), 0)
      await page.getByRole('button', { name: 'Teams below Pilots' }).click()
      await page.getByRole('link', { name: 'Night shift' }).click()
      await settled(page, 'Night shift')
      await page.getByRole('button', { name: 'Move to…' }).click()
      await page.getByRole('button', { name: 'To the top' }).click()
      await page.getByText('Night shift is at the top now.').waitFor()
    })
    const [team] = await Array.fromAsync(scene.client.teams.list({ search: { name: 'Night shift' } }))
    assert.equal(team?.parentTeam, undefined)
  })

  test('members are searched for, added and removed', async () => {
    await scene.visit(`teams/${data.teamId}/members`, async (page) => {
      await settled(page, 'Pilots')
      await page.getByRole('button', { name: 'Add members…' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('searchbox').fill('p12')
      await dialog.getByText('1 user').waitFor()
      await dialog.getByLabel('Select p12').check()
      await dialog.getByRole('button', { name: 'Add 1' }).click()
      await page.getByText('1 user is added to Pilots.').waitFor()
      await page.getByLabel('Select ann').check()
      await page.getByRole('button', { name: 'Remove…' }).click()
      await page.getByRole('button', { name: 'Remove 1' }).click()
      await page.getByText('1 member removed from Pilots.').waitFor()
    })
    const members = await Array.fromAsync(scene.client.teams.listMembers(data.teamId), ({ username }) => username)
    assert.deepEqual(members, ['p12'])
  })

  test('a leader is appointed with the flags that are ticked', async () => {
    await scene.visit(`teams/${data.teamId}/leaders`, async (page) => {
      await settled(page, 'Pilots')
      await page.getByRole('button', { name: 'Appoint a leader…' }).click()
      await page.getByRole('combobox', { name: 'User' }).fill('p33')
      await page.getByRole('option', { name: 'p33' }).click()
      await page.getByLabel('Change name and description').check()
      await page.getByRole('button', { name: 'Appoint', exact: true }).click()
      await page.getByText('The leader is appointed.').waitFor()
    })
    const leaders = await Array.fromAsync(scene.client.leaders.list(data.teamId))
    const { manageTeam, manageRules } = leaders.find(({ username }) => username === 'p33') ?? {}
    assert.deepEqual([manageTeam, manageRules], [true, false])
  })

  test('a rule is made and denies a path, and a change waits to be applied with batched updates', async () => {
    await scene.client.settings.change({ batchedUpdates: true })
    await scene.visit(`teams/${data.teamId}/rules`, async (page) => {
      await settled(page, 'Pilots')
      await page.getByRole('button', { name: 'New rule…' }).click()
      await page.getByLabel('Name').fill('Keep out')
      await page.getByRole('button', { name: 'Create the rule' }).click()
      await settled(page, 'Keep out')
      await page.getByRole('button', { name: 'Add a permission…' }).click()
      await page.getByRole('combobox', { name: 'Resource' }).click()
      await page.getByRole('option', { name: 'charts:/trunk' }).click()
      await page.getByRole('combobox', { name: 'May' }).click()
      await page.getByRole('option', { name: 'No access' }).click()
      await page.getByLabel('Path below the resource').fill('secret')
      await page.getByRole('button', { name: 'Add', exact: true }).click()
      await page.getByText('The permission is added. It waits to be applied.').waitFor()
    })
    await scene.client.settings.change({ batchedUpdates: false })
    const rules = await Array.fromAsync(scene.client.rules.list(data.teamId, { search: { ruleName: 'Keep out' } }))
    const of = { teamId: data.teamId, ruleId: rules[0]?.id ?? '' }
    const [permission] = await Array.fromAsync(scene.client.rules.listPermissions(of))
    assert.deepEqual([permission?.permissionType, permission?.path], ['NONE', 'secret'])
  })

  test('of two admins on one team, the second sees what the first has made of it, and may take that', async () => {
    const { entityId } = await scene.client.teams.create({ name: 'Of two admins' })
    const rename = async (page: Page, name: string) => {
      await page.getByRole('textbox', { name: 'Name' }).fill(name)
      await page.getByRole('button', { name: 'Save', exact: true }).click()
    }
    await scene.visit(`teams/${entityId}`, async (second) => {
      await settled(second, 'Of two admins')
      await scene.visit(`teams/${entityId}`, async (first) => {
        await settled(first, 'Of two admins')
        await rename(first, 'Of the first')
        await settled(first, 'Of the first')
      })
      await rename(second, 'Of the second')
      await second.getByRole('alert').getByText('Somebody else has changed it meanwhile').waitFor()
      await second.getByText('Somebody else has made it “Of the first” meanwhile.').waitFor()
      assert.equal(await second.getByRole('textbox', { name: 'Name' }).inputValue(), 'Of the second')
      await second.getByRole('button', { name: 'Take theirs' }).click()
      await settled(second, 'Of the first')
      assert.equal(await second.getByRole('textbox', { name: 'Name' }).inputValue(), 'Of the first')
    })
    assert.equal((await scene.client.teams.get(entityId)).name, 'Of the first')
  })

  test('deleting a rule says how many it names, and where', async () => {
    const rule = { teamId: data.teamId, ruleId: data.ruleId }
    const [counts] = (await scene.client.rules.countsOfTeam(rule.teamId, [rule.ruleId])).counts
    assert.ok(counts?.users !== undefined)
    await scene.visit(`teams/${rule.teamId}/rules/${rule.ruleId}`, async (page) => {
      await page.getByRole('button', { name: 'Delete…' }).first().click()
      const asked = page.getByRole('dialog')
      await asked
        .getByText(new RegExp(`It names ${counts.users} p.+ and speaks of ${counts.resources} resource`))
        .waitFor()
      await asked.getByRole('button', { name: 'Cancel' }).click()
    })
  })

  test('a change that comes between the look at a rule and its change is not lost', async () => {
    const rule = { teamId: data.teamId, ruleId: data.ruleId }
    const { ruleName } = await scene.client.rules.get(rule)
    await scene.visit(`teams/${rule.teamId}/rules/${rule.ruleId}`, async (page) => {
      await settled(page, ruleName)
      let refusals = 0
      page.on('response', (response) => {
        if (response.status() === 412) refusals++
      })
      await page.route(`**/api/teams/${rule.teamId}/rules/${rule.ruleId}*`, async (route) => {
        if (route.request().method() === 'PUT' && refusals === 0) {
          await scene.client.rules.change(rule, { ruleName, description: 'in between' })
        }
        await route.continue()
      })
      await page.getByRole('textbox', { name: 'Name' }).fill('Steering')
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByText('Saved.').waitFor()
      assert.equal(refusals, 1)
    })
    const { ruleName: renamed, description } = await scene.client.rules.get(rule)
    assert.deepEqual([renamed, description], ['Steering', 'in between'])
    await scene.client.rules.change(rule, { ruleName })
  })

  test('deleting a team names what goes with it, and takes its name', async () => {
    const { entityId } = await scene.client.teams.create({ name: 'Short-lived' })
    await scene.visit(`teams/${entityId}`, async (page) => {
      await settled(page, 'Short-lived')
      await page.getByRole('button', { name: 'Delete…' }).click()
      await page.getByText('It has 0 members, 0 teams directly below it').last().waitFor()
      await page.getByLabel('Type Short-lived to go on').fill('Short-lived')
      await page.getByRole('button', { name: 'Delete', exact: true }).click()
      await settled(page, 'Teams')
    })
    const left = await Array.fromAsync(scene.client.teams.list({ search: { name: 'Short-lived' } }))
    assert.deepEqual(left, [])
  })
})
