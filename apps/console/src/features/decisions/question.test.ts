import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  addressOfCheck,
  CHECK_DEFAULTS,
  checkOf,
  describePlace,
  problemsOfCheck,
  WHAT_DEFAULTS,
  WHO_DEFAULTS,
  whatOf,
  whoOf,
} from './question.ts'

const ANN = { ...CHECK_DEFAULTS, username: 'ann', repository: 'charts' }

test('nothing is asked before it is said who and where', () => {
  assert.equal(checkOf(CHECK_DEFAULTS), undefined)
  assert.equal(checkOf({ ...ANN, username: '' }), undefined)
  assert.equal(whoOf(WHO_DEFAULTS), undefined)
  assert.equal(whatOf(WHAT_DEFAULTS), undefined)
  assert.deepEqual(Object.keys(problemsOfCheck(CHECK_DEFAULTS)), ['username', 'repository'])
})

test('what is left open is left out of the question', () => {
  assert.deepEqual(checkOf(ANN), { username: 'ann', repository: 'charts', permission: 'READ', state: 'enforced' })
})

test('a data source is asked for by its number, and whatever else was typed is not', () => {
  const asked = { ...ANN, where: 'dataSource', dataSource: '7', path: '/trunk', connector: '3', state: 'pending' }
  const question = { dataSource: 7, permission: 'READ', state: 'pending' } as const
  assert.deepEqual(checkOf(asked), { ...question, username: 'ann', connector: 3 })
  assert.deepEqual(whoOf({ ...WHO_DEFAULTS, where: 'dataSource', dataSource: '7', state: 'pending' }), question)
  assert.equal(describePlace(asked), 'data source 7')
})

for (const number of ['', '0', '-1', '1.5', 'seven', '10000000000']) {
  test(`"${number}" is no id of a data source`, () => {
    assert.match(problemsOfCheck({ ...ANN, where: 'dataSource', dataSource: number }).dataSource ?? '', /a number/)
  })
}

test('an entry of a list leads to the question why it is so', () => {
  const asked = { username: 'ann', state: 'pending' }
  assert.equal(
    addressOfCheck(asked, { repositoryName: 'charts', path: '/a b', permission: 'READ_WRITE' }),
    'decisions?username=ann&state=pending&repository=charts&path=%2Fa+b&permission=READ_WRITE',
  )
  assert.equal(
    addressOfCheck(asked, { dataSource: 7, path: '/', permission: 'READ' }),
    'decisions?username=ann&state=pending&where=dataSource&dataSource=7',
  )
})
