import { isIPv6 } from 'node:net'
import { isAbsolute, resolve } from 'node:path'

/** A value that was not understood: what is wrong with it, ending in what to do. Never quotes a secret. */
export class BadValue extends Error {
  override readonly name = 'BadValue'
}

/** What the other settings came to; a default may follow from them. */
export type Settled = Readonly<Record<string, string | number | undefined>>

interface Default<T> {
  /** In words, for the reference. */
  readonly described: string
  from(settled: Settled): T
}

/** One thing an operator can set: the only place that knows its names, its form and its default. */
export interface Setting<T extends string | number, Optional extends boolean = boolean> {
  readonly env: string
  readonly flag: string
  /** What stands for the value in `--help`: `<port>`. */
  readonly placeholder: string
  /** A line for `--help`, without a full stop. */
  readonly summary: string
  /** What more the reference says, in sentences. */
  readonly details?: string
  /** A secret's value appears in no message, and its flag is advised against. */
  readonly isSecret: boolean
  /** Undefined when there is none and the setting may stay unset. */
  readonly default: Default<T> | (Optional extends true ? undefined : never)
  /** Throws `BadValue`. */
  parse(text: string): T
}

interface Declaration<T extends string | number> {
  readonly env: string
  readonly placeholder: string
  readonly summary: string
  readonly details?: string
  readonly isSecret?: boolean
  parse(text: string): T
}

/** Flags are named after the variable: PORTREEVE_DATA_DIR is `--data-dir`. */
function complete<T extends string | number>(declaration: Declaration<T>) {
  const flag = `--${declaration.env
    .replace(/^PORTREEVE_/, '')
    .toLowerCase()
    .replaceAll('_', '-')}`
  return { isSecret: false, ...declaration, flag }
}

/** A setting that may stay unset. */
export function optional<T extends string | number>(declaration: Declaration<T>): Setting<T, true> {
  return { ...complete(declaration), default: undefined }
}

/** A setting with one fixed default. */
export function withDefault<T extends string | number>(value: T, declaration: Declaration<T>): Setting<T, false> {
  return { ...complete(declaration), default: { described: String(value), from: () => value } }
}

/** A setting whose default follows from settings above it in the table. */
export function derived<T extends string | number>(
  described: string,
  from: (settled: Settled) => T,
  declaration: Declaration<T>,
): Setting<T, false> {
  return { ...complete(declaration), default: { described, from } }
}

export function parsePath(text: string): string {
  if (text.includes('\0')) throw new BadValue('contains a zero byte. Give a path.')
  return isAbsolute(text) ? text : resolve(text)
}

/** A file's path, or the URL of a system log. */
export function parseAnchorTarget(text: string): string {
  if (!/^syslog(\+\w+)?:/i.test(text)) return parsePath(text)
  if (text === 'syslog:') return text
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isServer = url && /^syslog(\+tcp)?:$/.test(url.protocol) && url.hostname !== '' && url.port !== '0'
  const hasMore = url && `${url.pathname}${url.search}${url.hash}${url.username}`.replace(/^\/$/, '') !== ''
  if (isServer && !hasMore) return text
  throw new BadValue(
    'is not a system log. Use syslog:, syslog://host:514 or syslog+tcp://host:601, or the path of a file.',
  )
}

export function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port
  throw new BadValue('is not a port. Use a whole number from 1 to 65535.')
}

/** Of something that there may be any number of, but not none. */
export function parseCount(text: string): number {
  const count = Number(text)
  if (/^[1-9]\d{0,8}$/.test(text)) return count
  throw new BadValue('is not a number from 1 to 999999999. Use a whole number without signs or spaces.')
}

const HOSTNAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i

export function parseHost(text: string): string {
  // An address with a zone (fe80::1%eth0) cannot stand in a URL.
  if (HOSTNAME.test(text) || (isIPv6(text) && !text.includes('%'))) return text
  throw new BadValue('is not a host. Use an address or a name, such as 127.0.0.1, ::1 or localhost, without a port.')
}

/** One of the words. */
export function oneOf<const W extends string>(words: readonly W[]): (text: string) => W {
  return (text) => {
    const found = words.find((word) => word === text)
    if (found !== undefined) return found
    throw new BadValue(`is none of ${words.join(', ')}.`)
  }
}

/** A URL of one of the schemes, as it was written. `example` ends the message. */
export function urlOf(schemes: readonly string[], example: string): (text: string) => string {
  return (text) => {
    const scheme = URL.canParse(text) ? new URL(text).protocol.slice(0, -1) : undefined
    if (scheme !== undefined && schemes.includes(scheme)) return text
    throw new BadValue(`is not a URL of the form ${example}.`)
  }
}

export function parseBaseUrl(text: string): string {
  const example = 'https://access.example.org'
  urlOf(['http', 'https'], example)(text)
  const url = new URL(text)
  const hasMore = url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== ''
  if (hasMore) throw new BadValue(`has more than scheme, host, port and path. Use a URL of the form ${example}.`)
  return url.href.replace(/\/+$/, '')
}

const EMAIL = /^[^\s@,;<>"]+@[^\s@,;<>".]+(\.[^\s@,;<>".]+)*$/

export function parseEmail(text: string): string {
  if (EMAIL.test(text) && text.length <= 254) return text
  throw new BadValue('is not an email address. Use one such as admin@example.org.')
}

const SHORTEST_PASSWORD = 8

export function parsePassword(text: string): string {
  if ([...text].length >= SHORTEST_PASSWORD) return text
  throw new BadValue(`is too short. Use at least ${SHORTEST_PASSWORD} characters.`)
}
