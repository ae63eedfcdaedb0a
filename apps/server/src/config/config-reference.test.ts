import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderConfigReference, renderHelp } from './config-reference.ts'
import { SETTINGS } from './settings.ts'

test('help and reference speak of every setting', () => {
  const [help, reference] = [renderHelp(), renderConfigReference()]
  for (const [name, { env, flag }] of Object.entries(SETTINGS)) {
    assert.ok(help.includes(`  ${flag} <`), flag)
    assert.ok(reference.includes(`\n## ${env}\n`) && reference.includes(`\`${name}\``), env)
  }
})

test('help fits a terminal', () => {
  for (const line of renderHelp().split('\n')) assert.ok(line.length <= 120, line)
})
