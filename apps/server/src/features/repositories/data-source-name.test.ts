import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dataSourceName, dataSourceNamed } from './data-source-name.ts'

test('every id that a data source can have makes a name that leads back to it', () => {
  for (const id of [1, 10, 999_999_999, 1_000_000_000, 2_147_483_647]) {
    assert.equal(dataSourceNamed(dataSourceName(id)), id)
  }
})

test('nothing else is the name of a data source', () => {
  const names = ['', 'website', 'datasource', 'datasource:', 'datasource:0', 'datasource:05', 'datasource:-1']
  const more = ['Datasource:5', 'datasource:5 ', 'datasource:5\n', 'datasource:5/a', 'datasource:2147483648']
  for (const name of [...names, ...more]) assert.equal(dataSourceNamed(name), undefined, name)
})
