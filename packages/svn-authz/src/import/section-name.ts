import type { Access, Entry, Section } from '../authz-file.ts'

const SIGILS = { user: '', alias: '&', group: '@' } as const
const AUDIENCES = { everyone: '*', anonymous: '$anonymous', authenticated: '$authenticated' } as const
const MODES: Record<Access, string> = { rw: 'rw', r: 'r', no: '' }

/** A section's header, as a sentence can show it: `[calc:/trunk]`. */
export function sectionName({ repository, glob, path }: Omit<Section, 'entries'>): string {
  return `[${glob ? ':glob:' : ''}${repository === undefined ? '' : `${repository}:`}${printable(path)}]`
}

/** An entry, as a sentence can show it: `~@team = r`. */
export function entryName({ subject, inverted, access }: Entry): string {
  const name = 'name' in subject ? `${SIGILS[subject.kind]}${printable(subject.name)}` : AUDIENCES[subject.kind]
  return `${inverted ? '~' : ''}${name} = ${MODES[access]}`.trimEnd()
}

/** With escapes for what cannot be seen, and no longer than can be read. */
export function printable(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"')
  return escaped.length > 200 ? `${escaped.slice(0, 199)}…` : escaped
}
