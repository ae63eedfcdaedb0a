import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UserId } from '../../../kernel/ids.ts'
import { confirmedPage, confirmFormPage } from './confirm-page.http.ts'

test('what a client says of itself is text on the pages, never markup', () => {
  const owner = { userId: '00000000-0000-4000-8000-000000000001' as UserId, username: '<i>ann', organisation: 1 }
  const confirmation = { connector: 1, owner, deviceName: '<script>"&' }
  const form = confirmFormPage('"><b>', confirmation)
  for (const page of [form, confirmedPage(confirmation)]) {
    assert.match(page, /&lt;script&gt;&quot;&amp;/)
    assert.doesNotMatch(page, /<script>|<i>|<b>/)
  }
  assert.match(form, /value="&quot;&gt;&lt;b&gt;"/)
})
