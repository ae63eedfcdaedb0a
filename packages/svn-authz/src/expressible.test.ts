import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askSubversion } from '../../../tools/svn-oracle/ask-subversion.ts'
import type { AuthzFile } from './authz-file.ts'
import { isExpressiblePath, isExpressibleUsername, needsAlias, needsGroup } from './expressible.ts'
import { parseAuthz } from './parse-authz.ts'
import { printAuthz } from './print-authz.ts'

const USERNAMES = [
  ...[
    'plain',
    'two words',
    'a=b',
    'a:b',
    'a,b',
    '=a',
    'a=',
    ':a',
    '@a',
    '$a',
    '$anonymous',
    '$authenticated',
    '&a',
    '*',
  ],
  ...[
    '*a',
    '~a',
    '#a',
    '[a',
    'a]',
    '"a"',
    "'a'",
    '%(a)s',
    '%a%',
    ';a',
    '!a',
    '\\a',
    'é',
    'e\u0301',
    '\u00A0a',
    'a\u3000',
  ],
  ...['\uFEFFa', 'a\u2028b', '😀', 'groups', 'aliases', 'r', '-', '.'],
]

/** The file that names the user in the plainest way that works. */
function grantTo(user: string): AuthzFile {
  const aliased = needsAlias(user)
  const named = aliased ? ({ kind: 'alias', name: 'a1' } as const) : ({ kind: 'user', name: user } as const)
  const grouped = needsGroup(user)
  const subject = grouped ? ({ kind: 'group', name: 'g1' } as const) : named
  return {
    aliases: new Map(aliased ? [['a1', user]] : []),
    groups: new Map(grouped ? [['g1', [named]]] : []),
    sections: [{ glob: false, path: '/p', entries: [{ subject, inverted: false, access: 'rw' }] }],
  }
}

test('every expressible username can be granted something, alone', () => {
  const tables = USERNAMES.map((user) => ({
    file: printAuthz(grantTo(user)),
    repository: 'r',
    users: [user, 'somebody else', undefined],
    paths: ['/p', '/'],
  }))
  askSubversion(tables).forEach((answer, i) => {
    const user = USERNAMES[i] as string
    assert.equal(isExpressibleUsername(user), true, JSON.stringify(user))
    assert.deepEqual(
      answer,
      {
        access: [
          ['rw', 'no'],
          ['no', 'no'],
          ['no', 'no'],
        ],
      },
      JSON.stringify(user),
    )
    assert.deepEqual(parseAuthz(printAuthz(grantTo(user))), grantTo(user))
  })
})

test('refuses usernames that no authz file can hold', () => {
  for (const user of ['', ' a', 'a ', 'a\nb', 'a\rb', 'a\tb', 'a\0b', '\x7F', 'a\uD800']) {
    assert.equal(isExpressibleUsername(user), false, JSON.stringify(user))
  }
})

const PATHS = [
  ...[
    '/',
    '/a',
    '/a/b',
    '/ ',
    '/ a',
    '/a ',
    '/a:b',
    '/:a',
    '/a=b',
    '/#a',
    '/[a',
    '/*',
    '/**',
    '/...',
    '/.a',
    '/a.',
    '/~a',
  ],
  ...['/é', '/e\u0301', '/a\u00A0', '/\uFEFFa', '/a"b', '/a\\b', '/%20', '/groups', '/😀', '/@a', '/a,b'],
]

test('every expressible path can have a section of its own', () => {
  const files = PATHS.map((path) =>
    printAuthz({ ...grantTo('u'), sections: grantTo('u').sections.map((s) => ({ ...s, path })) }),
  )
  const answers = askSubversion(
    PATHS.map((path, i) => ({ file: files[i] ?? '', repository: 'r', users: ['u'], paths: [path, `${path}x`] })),
  )
  answers.forEach((answer, i) => {
    const path = PATHS[i] as string
    assert.equal(isExpressiblePath(path), true, path)
    assert.deepEqual(answer, { access: [['rw', path === '/' ? 'rw' : 'no']] }, path)
  })
})

test('refuses paths that are not canonical or would be read as another', () => {
  const paths = [
    '',
    'a',
    '//',
    '//a',
    '/a/',
    '/a//b',
    '/.',
    '/..',
    '/a/.',
    '/a/../b',
    '/./a',
    '/a]',
    '/a]b',
    '/a\nb',
    '/a\tb',
    '/\uD800',
  ]
  for (const path of paths) assert.equal(isExpressiblePath(path), false, JSON.stringify(path))
})
