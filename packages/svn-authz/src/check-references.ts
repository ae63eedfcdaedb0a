import { type AuthzFile, AuthzSyntaxError, type Entry, type Named, type Section } from './authz-file.ts'
import { dealias } from './members-of.ts'

/** Refuses undefined and recursive groups, undefined aliases, and what makes Subversion abort. */
export function checkReferences(file: AuthzFile, lineOf: (thing: object) => number): void {
  checkGroups(file, lineOf)
  for (const section of file.sections) {
    for (const entry of section.entries) checkEntry(file, entry, lineOf(entry))
    checkAbort(file, section, lineOf)
  }
}

function requireDefined(file: AuthzFile, named: Named, line: number): void {
  if (named.kind === 'group' && !file.groups.has(named.name)) {
    throw new AuthzSyntaxError(line, `Undefined group '@${named.name}'.`)
  }
  if (named.kind === 'alias' && !file.aliases.has(named.name)) {
    throw new AuthzSyntaxError(line, `Alias '&${named.name}' is not defined.`)
  }
}

function checkGroups(file: AuthzFile, lineOf: (thing: object) => number): void {
  const open = new Set<string>()
  const done = new Set<string>()
  const visit = (group: string, members: readonly Named[]): void => {
    open.add(group)
    for (const member of members) {
      requireDefined(file, member, lineOf(members))
      if (member.kind !== 'group' || done.has(member.name)) continue
      if (open.has(member.name)) throw new AuthzSyntaxError(lineOf(members), `Recursive group '@${member.name}'.`)
      visit(member.name, file.groups.get(member.name) ?? [])
    }
    open.delete(group)
    done.add(group)
  }
  for (const [group, members] of file.groups) if (!done.has(group)) visit(group, members)
}

function checkEntry(file: AuthzFile, { subject }: Entry, line: number): void {
  if (!('name' in subject)) return
  requireDefined(file, subject, line)
  requireDefined(file, dealias(file, subject), line)
}

/** `&a` for a user named "~x" beside `~x` trips an assertion of Subversion's (authz_parse.c, merge_alias_ace). */
function checkAbort(file: AuthzFile, section: Section, lineOf: (thing: object) => number): void {
  const invertedByKey = new Map<string, boolean>()
  for (const entry of section.entries) {
    const { subject, inverted } = entry
    if (!('name' in subject)) continue
    const named = dealias(file, subject)
    if (named.kind === 'group') continue
    const key = `${inverted ? '~' : ''}${named.name}`
    const before = invertedByKey.get(key)
    if (before !== undefined && before !== inverted) {
      throw new AuthzSyntaxError(lineOf(entry), `Subversion cannot tell the user '${key}' from an inverted entry.`)
    }
    invertedByKey.set(key, inverted)
  }
}
