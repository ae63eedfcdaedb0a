import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeBase32, encodeBase32 } from './base32.ts'

test('writes the test vectors of RFC 4648, section 10, without their padding, and reads them back', () => {
  const vectors = {
    '': '',
    f: 'MY',
    fo: 'MZXQ',
    foo: 'MZXW6',
    foob: 'MZXW6YQ',
    fooba: 'MZXW6YTB',
    foobar: 'MZXW6YTBOI',
  }
  for (const [text, written] of Object.entries(vectors)) {
    assert.equal(encodeBase32(Buffer.from(text)), written)
    assert.equal(Buffer.from(decodeBase32(written)).toString(), text)
  }
})
