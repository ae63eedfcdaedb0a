import assert from 'node:assert/strict'
import { describe, test as it } from 'node:test'
import { checkDecisions, checkLines, checkLinks, checkName } from './text-rules.ts'

const linesOf = (path: string, text: string) => checkLines(path, text).map(({ line }) => line)

describe('names', () => {
  it('refuse a bag, as a folder or as a file', () => {
    for (const path of ['src/utils/a.ts', 'src/helpers.ts', 'src/types.ts', 'common/a.ts', 'src/constants.test.ts']) {
      assert.equal(checkName(path).length, 1, path)
    }
  })

  it('allow a word that only contains a bag', () => {
    for (const path of ['src/media-types.ts', 'src/commonmark.ts', 'docs/type.md'])
      assert.deepEqual(checkName(path), [])
  })
})

describe('lines', () => {
  it('refuse a path of one machine', () => {
    assert.deepEqual(linesOf('README.md', `fine\n${['', 'work', 'main'].join('/')}`), [2])
    assert.deepEqual(linesOf('a.ts', `const home = '${['', 'home', 'ann', 'code'].join('/')}'`), [1])
  })

  it('allow the same word inside a longer path or an address', () => {
    assert.deepEqual(linesOf('README.md', 'https://example.org/work/1 and trunk/work/a'), [])
  })

  it('refuse a lockfile that names a registry', () => {
    assert.deepEqual(
      linesOf('package-lock.json', '"resolved": "packages/client",\n"resolved": "https://r.test/a.tgz"'),
      [2],
    )
  })

  it('refuse every marker but a TODO: or NOTE: that says something', () => {
    const markers = ['TODO later', 'NOTE', 'TODO:', 'NOTE: true', 'TODO: page it'].map((marker) => `// ${marker}`)
    assert.deepEqual(linesOf('a.ts', markers.join('\n')), [1, 2, 3])
    assert.deepEqual(linesOf('a.ts', `// ${'FIX'}ME: page it`), [1])
  })

  it('refuse an expected type error without its reason', () => {
    const directive = `// @ts-expect-${'error'}`
    assert.deepEqual(linesOf('a.ts', `${directive}\n${directive} the types lag behind 9.1`), [1])
  })
})

describe('links', () => {
  const exists = (path: string) => path === 'docs/glossary.md'

  it('refuse a relative link to nothing', () => {
    const found = checkLinks('docs/a.md', '[here](glossary.md)\n[gone](gone.md#part)', exists)
    assert.deepEqual(found, [{ path: 'docs/a.md', line: 2, message: 'links to gone.md, which is not there' }])
  })

  it('allow addresses, anchors and whatever a code block shows', () => {
    const text = '[a](https://example.org/a)\n[b](#b)\n```\n[c](c.md)\n```\n[d](../docs/glossary.md "words")'
    assert.deepEqual(checkLinks('docs/a.md', text, exists), [])
  })
})

describe('decisions', () => {
  it('are numbered once and listed', () => {
    const paths = [
      'docs/decisions/README.md',
      'docs/decisions/0001-runtime.md',
      'docs/decisions/0001-model.md',
      'docs/decisions/x.md',
    ]
    const messages = checkDecisions(paths, '[runtime](0001-runtime.md) [x](x.md)').map(({ path, message }) => [
      path,
      message,
    ])
    assert.deepEqual(messages, [
      ['docs/decisions/0001-model.md', 'takes a number that is taken'],
      ['docs/decisions/0001-model.md', 'is not listed in docs/decisions/README.md'],
      ['docs/decisions/x.md', 'is not named NNNN-title.md'],
    ])
  })
})
