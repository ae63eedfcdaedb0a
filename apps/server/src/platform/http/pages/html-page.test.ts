import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { escapeHtml, htmlPage, PAGE_STYLE, STYLE_HASH } from './html-page.ts'

test('the pages’ policy names the style they carry', () => {
  assert.equal(STYLE_HASH, createHash('sha256').update(PAGE_STYLE).digest('base64'))
})

test('what is escaped is text, in elements and in quoted attributes', () => {
  assert.equal(escapeHtml(`<a href="x" title='y'>&`), '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;')
  assert.match(htmlPage('<1>', ''), /<title>&lt;1&gt;<\/title>/)
})
