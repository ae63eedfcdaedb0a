import type { Access, AuthzFile, Entry, Named, Section } from './authz-file.ts'

const SIGIL = { user: '', alias: '&', group: '@' } as const
const WIDE = { everyone: '*', anonymous: '$anonymous', authenticated: '$authenticated' } as const
const RIGHTS: Record<Access, string> = { rw: 'rw', r: 'r', no: '' }

/**
 * Prints an authz file, with an optional one-line comment on top. Equal files give equal bytes, and what is printed
 * parses to an equal file.
 *
 * Names are written as they are: who builds a file for printing uses an alias where `needsAlias` says so, and only
 * what `isExpressibleUsername` and `isExpressiblePath` allow.
 */
export function printAuthz(file: AuthzFile, comment?: string): string {
  const blocks = file.sections.map(printSection)
  if (file.groups.size > 0) {
    const groups = Array.from(file.groups, ([name, members]) => option(name, members.map(printNamed).join(', ')))
    blocks.unshift(`[groups]\n${groups.join('')}`)
  }
  if (file.aliases.size > 0) {
    const aliases = Array.from(file.aliases, ([name, user]) => option(name, user))
    blocks.unshift(`[aliases]\n${aliases.join('')}`)
  }
  if (comment !== undefined) blocks.unshift(`# ${comment}\n`)
  return blocks.join('\n')
}

function option(name: string, value: string): string {
  // An option must begin in the first column, also when its name is empty.
  const left = name === '' ? '=' : `${name} =`
  return value === '' ? `${left}\n` : `${left} ${value}\n`
}

function printNamed({ kind, name }: Named): string {
  return SIGIL[kind] + name
}

function printSection({ repository, glob, path, entries }: Section): string {
  const header = `${glob ? ':glob:' : ''}${repository === undefined ? '' : `${repository}:`}${path}`
  return `[${header}]\n${entries.map(printEntry).join('')}`
}

function printEntry({ subject, inverted, access }: Entry): string {
  const who = 'name' in subject ? printNamed(subject) : WIDE[subject.kind]
  return option(inverted ? `~${who}` : who, RIGHTS[access])
}
