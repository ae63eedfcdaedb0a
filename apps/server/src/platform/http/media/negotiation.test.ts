import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseMediaType } from './negotiation.ts'

const [json, xml, textXml] = ['application/json', 'application/xml', 'text/xml']

const choices: readonly [string | undefined, string | undefined][] = [
  [undefined, json],
  ['', json],
  ['*/*', json],
  ['application/*', json],
  ['application/json', json],
  ['application/xml', xml],
  ['Application/XML; charset=utf-8', xml],
  ['text/xml', textXml],
  ['text/*', textXml],
  ['application/xml, application/json', xml],
  ['application/xml, */*', xml],
  ['application/json;q=0.5, application/xml;q=0.9', xml],
  ['application/json; q=0, */*', xml],
  ['application/json;q=0', undefined],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', xml],
  ['text/html, */*;q=0.1', json],
  ['text/html', undefined],
  ['application/xml;q=nonsense', undefined],
  ['application/xml;q=7', xml],
  ['rubbish', undefined],
]

for (const [accept, expected] of choices) {
  test(`answers Accept: ${accept} with ${expected ?? 'a refusal'}`, () => {
    assert.equal(chooseMediaType(accept, [json, xml, textXml]), expected)
  })
}

test('compares media types without their parameters', () => {
  const offers = ['text/plain; charset=utf-8']
  assert.equal(chooseMediaType('text/plain', offers), offers[0])
  assert.equal(chooseMediaType('text/html', offers), undefined)
})
