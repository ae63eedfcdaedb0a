import { isIPv4 } from 'node:net'
import { join } from 'node:path'
import {
  derived,
  oneOf,
  optional,
  parseAnchorTarget,
  parseBaseUrl,
  parseCount,
  parseEmail,
  parseHost,
  parsePassword,
  parsePath,
  parsePort,
  type Setting,
  type Settled,
  urlOf,
  withDefault,
} from './setting.ts'

/** Every setting there is. Parsing, `--help`, the messages and docs/reference/config.md all come from this table. */
export const SETTINGS = {
  host: withDefault('127.0.0.1', {
    env: 'PORTREEVE_HOST',
    placeholder: '<host>',
    summary: 'Address to listen on',
    details: '`0.0.0.0` or `::` is every address of the machine.',
    parse: parseHost,
  }),
  port: withDefault(8470, {
    env: 'PORTREEVE_PORT',
    placeholder: '<port>',
    summary: 'Port to listen on',
    parse: parsePort,
  }),
  baseUrl: derived('`http://<host>:<port>`', baseUrlOf, {
    env: 'PORTREEVE_BASE_URL',
    placeholder: '<url>',
    summary: 'Where browsers and clients reach the server',
    details:
      'As they see it from beyond any proxy. Links, redirects, the `Secure` cookies of https and the check of a request’s origin follow it.',
    parse: parseBaseUrl,
  }),
  dataDir: withDefault('./data', {
    env: 'PORTREEVE_DATA_DIR',
    placeholder: '<directory>',
    summary: 'Directory of everything the server keeps',
    details: 'The embedded database is in it. Only one server at a time may use it.',
    parse: parsePath,
  }),
  databaseUrl: optional({
    env: 'PORTREEVE_DATABASE_URL',
    placeholder: '<url>',
    summary: 'PostgreSQL to use instead of the embedded one',
    details:
      '15 or later, encoding UTF8, as `postgres://user:password@host:port/database`. Without it the server runs one of its own in the data directory.',
    isSecret: true,
    parse: urlOf(['postgres', 'postgresql'], 'postgres://user:password@host:5432/database'),
  }),
  authzDir: derived('`authz` in the data directory', (settled) => join(pathOf(settled, 'dataDir'), 'authz'), {
    env: 'PORTREEVE_AUTHZ_DIR',
    placeholder: '<directory>',
    summary: 'Where to publish the Subversion files',
    details: 'One `<repository>.authz` for each repository.',
    parse: parsePath,
  }),
  bootstrapEmail: optional({
    env: 'PORTREEVE_BOOTSTRAP_EMAIL',
    placeholder: '<email>',
    summary: 'Email of the first superadmin',
    details:
      'Together with the password makes a superadmin named `admin` when there is none. Without them a one-time set-up link is printed.',
    parse: parseEmail,
  }),
  bootstrapPassword: optional({
    env: 'PORTREEVE_BOOTSTRAP_PASSWORD',
    placeholder: '<password>',
    summary: 'Password of the first superadmin',
    details: 'At least 8 characters.',
    isSecret: true,
    parse: parsePassword,
  }),
  masterKeyFile: derived(
    '`master.key` in the data directory',
    (settled) => join(pathOf(settled, 'dataDir'), 'master.key'),
    {
      env: 'PORTREEVE_MASTER_KEY_FILE',
      placeholder: '<file>',
      summary: 'Key that encrypts stored credentials',
      details:
        '32 bytes in base64. The first start makes it, for its own account alone. Keep a copy: without it they are lost. Further lines are former keys, which still open what they encrypted.',
      parse: parsePath,
    },
  ),
  keyCommand: optional({
    env: 'PORTREEVE_KEY_COMMAND',
    placeholder: '<program>',
    summary: 'Program that keeps the master key instead of the file',
    details:
      'The client of a key management service, say. It is run without arguments or a shell for every key it wraps or unwraps, for 10 seconds at most; docs/guides/secrets.md says what it is asked.',
    parse: parsePath,
  }),
  testReach: withDefault<Reach>('network', {
    env: 'PORTREEVE_TEST_REACH',
    placeholder: '<reach>',
    summary: 'Where connections that test a data source may go',
    details:
      '`network` refuses addresses of the machine itself, of its link and of its cloud (metadata services); `anywhere` refuses none.',
    parse: oneOf(['network', 'anywhere']),
  }),
  appRateLimit: withDefault(600, {
    env: 'PORTREEVE_APP_RATE_LIMIT',
    placeholder: '<requests>',
    summary: 'Requests a minute that an app may send for each of its users',
    details:
      'Each node counts for itself. Answers carry `X-RateLimit-Limit` and `X-RateLimit-Remaining`; what is too many is answered with 429 and `Retry-After`. Sessions and personal access tokens are not counted.',
    parse: parseCount,
  }),
  smtpUrl: optional({
    env: 'PORTREEVE_SMTP_URL',
    placeholder: '<url>',
    summary: 'Mail server',
    details:
      'As `smtp://user:password@host:port` or `smtps://…`. With credentials the connection must be encrypted. Without it mail goes into the folder `outbox` in the data directory.',
    isSecret: true,
    parse: urlOf(['smtp', 'smtps'], 'smtp://user:password@host:587'),
  }),
  mailFrom: derived('`portreeve@<host of the base URL>`', mailFromOf, {
    env: 'PORTREEVE_MAIL_FROM',
    placeholder: '<email>',
    summary: 'Who mail comes from',
    details: 'The mail server must be willing to send for this address.',
    parse: parseEmail,
  }),
  auditAnchor: derived(
    '`audit.anchors` in the data directory',
    (settled) => join(pathOf(settled, 'dataDir'), 'audit.anchors'),
    {
      env: 'PORTREEVE_AUDIT_ANCHOR',
      placeholder: '<target>',
      summary: 'Where to write anchors of the audit',
      details:
        'A file, or a system log: `syslog:` for this machine’s own (through `logger`), `syslog://host:514` by UDP, `syslog+tcp://host:601` by TCP. Best is where nobody can write who can write to the database; docs/guides/audit.md says what for.',
      parse: parseAnchorTarget,
    },
  ),
  auditAnchorMinutes: withDefault(10, {
    env: 'PORTREEVE_AUDIT_ANCHOR_MINUTES',
    placeholder: '<minutes>',
    summary: 'Minutes between two anchors of the audit',
    details: 'None is written while nothing happens.',
    parse: parseCount,
  }),
  logLevel: withDefault<LogLevel>('info', {
    env: 'PORTREEVE_LOG_LEVEL',
    placeholder: '<level>',
    summary: 'Least severe messages to log',
    details: '`trace`, `debug`, `info`, `warn`, `error`, `fatal`, or `silent` for none.',
    parse: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  }),
} as const satisfies Record<string, Setting<string | number>>

/** Where connections may go that a request causes. */
type Reach = 'network' | 'anywhere'

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'

/** Names the file of settings, so it cannot stand in that file itself. */
export const CONFIG_FILE = optional({
  env: 'PORTREEVE_CONFIG',
  placeholder: '<file>',
  summary: 'JSON file of settings',
  details: 'Such as `{"port": 8470, "dataDir": "/srv/portreeve"}`.',
  parse: parsePath,
})

export type SettingName = keyof typeof SETTINGS

/** What the settings come to: unset ones are absent, paths are absolute. */
export type SettingValues = {
  readonly [N in SettingName as (typeof SETTINGS)[N] extends Setting<string | number, false> ? N : never]: ReturnType<
    (typeof SETTINGS)[N]['parse']
  >
} & {
  readonly [N in SettingName as (typeof SETTINGS)[N] extends Setting<string | number, false> ? never : N]?: ReturnType<
    (typeof SETTINGS)[N]['parse']
  >
}

function baseUrlOf(settled: Settled): string {
  return `http://${hostInUrl(String(settled['host']))}:${settled['port']}`
}

function mailFromOf(settled: Settled): string {
  const host = new URL(String(settled['baseUrl'])).hostname
  // RFC 5321, 4.1.3: an address of a machine stands in brackets, and one of IPv6 says so.
  if (host.startsWith('[')) return `portreeve@[IPv6:${host.slice(1, -1)}]`
  return `portreeve@${isIPv4(host) ? `[${host}]` : host}`
}

function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

function pathOf(settled: Settled, name: string): string {
  return String(settled[name])
}
