import assert from 'node:assert/strict'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { type ConfigSources, loadConfig } from './config.ts'
import { readEnvironment } from './config-sources.ts'
import { SETTINGS } from './settings.ts'

const noFile = () => {
  throw new Error('no such file')
}

function load(sources: Partial<ConfigSources> = {}) {
  return loadConfig({ env: {}, argv: [], readFile: noFile, ...sources })
}

/** The problems, one a line, without the headline. */
function problemsOf(sources: Partial<ConfigSources>): string[] {
  try {
    load(sources)
  } catch (error) {
    assert.ok(error instanceof Error && 'code' in error)
    assert.equal(error.code, 'config.invalid')
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.replace('  - ', ''))
  }
  return []
}

test('needs nothing set', () => {
  const data = resolve('data')
  assert.deepEqual(load(), {
    host: '127.0.0.1',
    port: 8470,
    baseUrl: 'http://127.0.0.1:8470',
    dataDir: data,
    authzDir: join(data, 'authz'),
    masterKeyFile: join(data, 'master.key'),
    testReach: 'network',
    appRateLimit: 600,
    mailFrom: 'portreeve@[127.0.0.1]',
    auditAnchor: join(data, 'audit.anchors'),
    auditAnchorMinutes: 10,
    logLevel: 'info',
  })
})

test('takes a file or a system log for anchors, and nothing in between', () => {
  const anchorOf = (target: string) => load({ env: { PORTREEVE_AUDIT_ANCHOR: target } }).auditAnchor
  assert.equal(anchorOf('anchors'), resolve('anchors'))
  for (const target of ['syslog:', 'syslog://log.example.org', 'syslog://[::1]:514', 'syslog+tcp://10.0.0.1:601']) {
    assert.equal(anchorOf(target), target)
  }
  for (const target of [
    'syslog:514',
    'syslog:/dev/log',
    'syslog+tls://a',
    'syslog://a/b',
    'syslog://u@a',
    'syslog://a:0',
  ]) {
    assert.throws(() => anchorOf(target), /PORTREEVE_AUDIT_ANCHOR.*syslog:\/\/host:514/)
  }
})

test('is frozen throughout', () => {
  const config = load({ env: { PORTREEVE_BOOTSTRAP_EMAIL: 'a@b.org', PORTREEVE_BOOTSTRAP_PASSWORD: '12345678' } })
  assert.ok(Object.isFrozen(config) && Object.isFrozen(config.bootstrap))
  assert.deepEqual(config.bootstrap, { email: 'a@b.org', password: '12345678' })
})

test('puts a flag before the environment, and that before the file', () => {
  const readFile = (path: string) => {
    assert.equal(path, '/etc/portreeve.json')
    return '{"port": 1, "host": "a", "logLevel": "debug", "smtpUrl": null}'
  }
  const env = { PORTREEVE_CONFIG: '/etc/portreeve.json', PORTREEVE_PORT: '2', PORTREEVE_HOST: 'b' }
  const config = load({ env, argv: ['--port=3'], readFile })
  assert.deepEqual([config.port, config.host, config.logLevel], [3, 'b', 'debug'])
})

test('lets defaults follow what was set', () => {
  const config = load({ argv: ['--host', '::1', '--port', '81', '--data-dir', '/srv'] })
  assert.equal(config.baseUrl, 'http://[::1]:81')
  assert.equal(config.authzDir, '/srv/authz')
  assert.equal(config.mailFrom, 'portreeve@[IPv6:::1]')
  assert.equal(load({ argv: ['--host', '0.0.0.0'] }).baseUrl, 'http://localhost:8470')
})

test('takes an empty variable for an unset one, and leaves other programs’ and the tests’ alone', () => {
  const env = { PORTREEVE_PORT: '', PORTREEVE_TEST_DATABASE_URL: 'x', HOME: '/', PORT: 'x' }
  assert.equal(load({ env }).port, 8470)
})

test('takes every setting from its variable, from PORTREEVE_TEST_REACH too', () => {
  const env = Object.fromEntries(Object.values(SETTINGS).map(({ env }) => [env, 'x']))
  assert.deepEqual([...readEnvironment(env).given.keys()], Object.keys(SETTINGS))
  assert.equal(load({ env: { PORTREEVE_TEST_REACH: 'anywhere' } }).testReach, 'anywhere')
})

test('drops the slash at the end of the base URL', () => {
  assert.equal(load({ env: { PORTREEVE_BASE_URL: 'https://x.org/' } }).baseUrl, 'https://x.org')
  assert.equal(load({ env: { PORTREEVE_BASE_URL: 'https://x.org/gate/' } }).baseUrl, 'https://x.org/gate')
})

test('lists every problem at once, each with where it stands and its fix', () => {
  const problems = problemsOf({
    env: {
      PORTREEVE_PORT: '99999',
      PORTREEVE_LOGLEVEL: 'info',
      PORTREEVE_BOOTSTRAP_EMAIL: 'nobody',
      PORTREEVE_CONFIG: '/c.json',
    },
    argv: ['--hots', 'x', '--base-url', 'ftp://x'],
    readFile: () => '{"dataDirr": "x", "logLevel": "loud", "host": true}',
  })
  assert.deepEqual(problems, [
    '--hots: There is no such flag. Did you mean --host?',
    'PORTREEVE_LOGLEVEL: There is no such variable. Did you mean PORTREEVE_LOG_LEVEL?',
    '"dataDirr" in /c.json: There is no such setting. Did you mean dataDir?',
    '"host" in /c.json: Is neither text nor a number. Write it as text.',
    'PORTREEVE_PORT: "99999" is not a port. Use a whole number from 1 to 65535.',
    '--base-url: "ftp://x" is not a URL of the form https://access.example.org.',
    'PORTREEVE_BOOTSTRAP_EMAIL: "nobody" is not an email address. Use one such as admin@example.org.',
    '"logLevel" in /c.json: "loud" is none of trace, debug, info, warn, error, fatal, silent.',
    'PORTREEVE_BOOTSTRAP_EMAIL: Is set without PORTREEVE_BOOTSTRAP_PASSWORD. Set both, or neither.',
  ])
})

test('shows no secret, neither a wrong one nor one in a broken file', () => {
  const shown = [
    ...problemsOf({
      env: {
        PORTREEVE_DATABASE_URL: 'mysql://u:hunter2@h/d',
        PORTREEVE_SMTP_URL: 'hunter2',
        PORTREEVE_BOOTSTRAP_PASSWORD: 'hunter2',
      },
    }),
    ...problemsOf({ env: { PORTREEVE_CONFIG: '/c' }, readFile: () => '{"bootstrapPassword": hunter2}' }),
  ]
  assert.equal(shown.length, 5)
  assert.ok(!shown.join().includes('hunter2'))
})

test('refuses what a value cannot be', () => {
  const wrong: [string, string[]][] = [
    ['--port', ['0', '-1', '1.5', '0x50', '65536', ' 80', '1e3']],
    ['--host', ['http://x', 'a b', 'x:80x', '-a', 'a..b']],
    ['--base-url', ['x', '//x', 'https://u:p@x', 'https://x?y', 'https://x#y', 'javascript:1']],
    ['--bootstrap-email', ['a', '@b', 'a@', 'a b@c', 'a@b@c', '<a@b>', 'a@b..c']],
    ['--log-level', ['INFO', '30']],
  ]
  for (const [flag, values] of wrong) {
    for (const value of values) {
      assert.ok(problemsOf({ argv: [`${flag}=${value}`] })[0]?.startsWith(`${flag}: "${value}"`), `${flag}=${value}`)
    }
  }
})

test('refuses flags without a value, given twice, and stray words', () => {
  assert.deepEqual(problemsOf({ argv: ['--port', '--host', 'x', '--host=y', 'start', '--data-dir'] }), [
    '--port: Lacks its value. Write --port <port>.',
    '--host: Is given twice. Give it once.',
    'start: There are no arguments but flags. Remove it; --help lists what there is.',
    '--data-dir: Lacks its value. Write --data-dir <directory>.',
  ])
})

test('says what is wrong with the file', () => {
  const withFile = (readFile: ConfigSources['readFile']) =>
    problemsOf({ argv: ['--config', '/c.json'], readFile }).join()
  assert.match(withFile(noFile), /c\.json: It cannot be read/)
  assert.match(
    withFile(() => '{'),
    /c\.json: It is not valid JSON/,
  )
  assert.match(
    withFile(() => '[]'),
    /c\.json: Is not a JSON object/,
  )
})
