import { type Access, type AuthzFile, AuthzSyntaxError, type Entry, type Named, type Section } from './authz-file.ts'
import { checkReferences } from './check-references.ts'
import { parseHeader, type RuleHeader } from './parse-header.ts'
import { readOptions, stripSpace } from './read-options.ts'

interface Draft {
  readonly aliases: Map<string, string>
  readonly groups: Map<string, Named[]>
  readonly sections: (Section & { readonly entries: Entry[] })[]
  /** "repository:path" of every rule section so far. */
  readonly rules: Set<string>
  /** The lines things stand on, for the errors found when the whole file has been read. */
  readonly lines: Map<object, number>
}

type OptionReader = (line: number, name: string, value: string) => void

/**
 * Parses an authz file, accepting and refusing what Subversion 1.14 accepts and refuses.
 *
 * One trap is kept as it is: a path that starts with `//` means the root, whatever follows (`[//a]` is `[/]`).
 * @throws {AuthzSyntaxError}
 */
export function parseAuthz(text: string): AuthzFile {
  const draft: Draft = { aliases: new Map(), groups: new Map(), sections: [], rules: new Set(), lines: new Map() }
  const seen = new Set<string>()
  let readOption: OptionReader = () => {}
  for (const item of readOptions(text)) {
    if (item.kind === 'option') readOption(item.line, item.name, item.value)
    else {
      if (seen.has(item.name)) throw new AuthzSyntaxError(item.line, `Section appears more than once: [${item.name}].`)
      seen.add(item.name)
      readOption = openSection(draft, item.line, item.name)
    }
  }
  checkReferences(draft, (thing) => draft.lines.get(thing) ?? 1)
  return { aliases: draft.aliases, groups: draft.groups, sections: draft.sections }
}

function openSection(draft: Draft, line: number, name: string): OptionReader {
  const header = parseHeader(line, name)
  if (header === 'aliases') return (at, option, value) => readAlias(draft, at, { name: option, user: value })
  if (header === 'groups') return (at, option, value) => readGroup(draft, at, { name: option, members: value })
  return openRules(draft, line, header)
}

function openRules(draft: Draft, line: number, header: RuleHeader): OptionReader {
  const rule = `${header.repository ?? ''}:${header.path}`
  if (draft.rules.has(rule)) {
    throw new AuthzSyntaxError(line, `Another section describes the same rule: ${header.path}.`)
  }
  draft.rules.add(rule)
  const section = { ...header, entries: [] as Entry[] }
  draft.sections.push(section)
  return (at, option, value) => {
    const entry = parseEntry(at, option, value)
    draft.lines.set(entry, at)
    section.entries.push(entry)
  }
}

// strchr() also finds the terminating NUL, so Subversion refuses an empty name by the same test.
function refuseSigil(line: number, what: string, name: string): void {
  if (name === '' || '@$&*~'.includes(name.charAt(0))) {
    throw new AuthzSyntaxError(line, `${what} '${name}' may be neither empty nor begin with one of @ $ & * ~.`)
  }
}

function readAlias(draft: Draft, line: number, alias: { name: string; user: string }): void {
  refuseSigil(line, 'Alias name', alias.name)
  if (draft.aliases.has(alias.name)) throw new AuthzSyntaxError(line, `Alias '${alias.name}' is defined twice.`)
  draft.aliases.set(alias.name, alias.user)
}

function readGroup(draft: Draft, line: number, group: { name: string; members: string }): void {
  refuseSigil(line, 'Group name', group.name)
  if (draft.groups.has(group.name)) throw new AuthzSyntaxError(line, `Group '${group.name}' is defined twice.`)
  const words = group.members.split(',').map(stripSpace)
  const members = words.filter((word) => word !== '').map(parseNamed)
  draft.lines.set(members, line)
  draft.groups.set(group.name, members)
}

function parseNamed(word: string): Named {
  if (word.startsWith('@')) return { kind: 'group', name: word.slice(1) }
  if (word.startsWith('&')) return { kind: 'alias', name: word.slice(1) }
  return { kind: 'user', name: word }
}

function parseEntry(line: number, option: string, value: string): Entry {
  const inverted = option.startsWith('~')
  const name = inverted ? option.slice(1) : option
  const access = parseAccess(line, option, value)
  if (name.startsWith('~')) throw new AuthzSyntaxError(line, `'${option}' is inverted twice.`)
  if (name.startsWith('*')) {
    if (name !== '*') throw new AuthzSyntaxError(line, `'${option}' must be a single '*'.`)
    if (inverted) throw new AuthzSyntaxError(line, "'~*' would never match.")
    return { subject: { kind: 'everyone' }, inverted, access }
  }
  if (name === '$anonymous') return { subject: { kind: 'anonymous' }, inverted, access }
  if (name === '$authenticated') return { subject: { kind: 'authenticated' }, inverted, access }
  if (name.startsWith('$')) {
    throw new AuthzSyntaxError(line, `'${option}' must be $anonymous or $authenticated.`)
  }
  return { subject: parseNamed(name), inverted, access }
}

function parseAccess(line: number, option: string, value: string): Access {
  const letters = new Set([...value].filter((letter) => stripSpace(letter) !== ''))
  for (const letter of letters) {
    if (letter !== 'r' && letter !== 'w') {
      throw new AuthzSyntaxError(line, `The access mode '${letter}' of '${option}' is neither r nor w.`)
    }
  }
  if (letters.has('w') && !letters.has('r')) {
    throw new AuthzSyntaxError(line, `'${option}' may not be write-only.`)
  }
  if (letters.has('w')) return 'rw'
  return letters.has('r') ? 'r' : 'no'
}
