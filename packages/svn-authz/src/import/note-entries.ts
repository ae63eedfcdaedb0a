import type { AuthzFile, Entry, Section } from '../authz-file.ts'
import { dealias } from '../members-of.ts'
import type { Statement } from './cover-path.ts'
import type { ImportNote, PlannedTeam } from './import-plan.ts'
import { entryName, printable, sectionName } from './section-name.ts'

/**
 * Where the statements that a path gets say the same as its sections, but in other words: what is spelt out for today's
 * users stays so when groups, or what is above, change later.
 */
export function noteEntries(
  file: AuthzFile,
  sections: readonly Section[],
  statements: readonly Statement[],
): ImportNote[] {
  const kept = new Set(statements.map((each) => (each.kind === 'group' ? `${each.access} ${each.group}` : '')))
  const notes = sections.flatMap((section) =>
    section.entries.flatMap((entry) => {
      const consequence = consequenceOf(file, entry, kept)
      return consequence ? [speltOut(`"${entryName(entry)}" of ${sectionName(section)} ${consequence}`)] : []
    }),
  )
  const [first] = sections
  if (first && speaksOfAnonymousAlone(sections)) {
    notes.push(
      speltOut(`"$anonymous" of ${sectionName(first)}: signed-in users are given there what they have from above.`),
    )
  }
  return notes
}

function consequenceOf(
  file: AuthzFile,
  { subject, inverted, access }: Entry,
  kept: ReadonlySet<string>,
): string | undefined {
  if (!('name' in subject)) return undefined
  if (inverted)
    return 'becomes a rule for all signed-in users; those it leaves out are named, with what they have from above.'
  const { kind, name } = dealias(file, subject)
  if (kind !== 'group' || kept.has(`${access} ${name}`)) return undefined
  return 'does not decide for every member of the group, so it is no rule of the team; whom it serves is named.'
}

function speaksOfAnonymousAlone(sections: readonly Section[]): boolean {
  const entries = sections.flatMap((section) => section.entries)
  const speak = (kind: 'anonymous' | 'authenticated', opposite: 'anonymous' | 'authenticated') =>
    entries.some(({ subject, inverted }) => subject.kind === (inverted ? opposite : kind))
  const speaksOfOthers =
    speak('authenticated', 'anonymous') ||
    entries.some(({ subject, inverted }) => subject.kind === 'everyone' || ('name' in subject && inverted))
  return speak('anonymous', 'authenticated') && !speaksOfOthers
}

/** Groups and aliases of the file that the teams do not show as they were. */
export function noteNames({ groups, aliases }: AuthzFile, teams: readonly PlannedTeam[]): ImportNote[] {
  const planned = new Set(teams.map(({ group }) => group))
  const unused = [...groups.keys()].filter((group) => !planned.has(group))
  return [
    ...teams.flatMap(({ name, group }) =>
      group === undefined || group === name
        ? []
        : [{ kind: 'renamed' as const, message: `The group @${printable(group)} becomes the team "${name}".` }],
    ),
    ...unused.map((group) => ({
      kind: 'unused' as const,
      message: `The group @${printable(group)} has neither members nor a rule; no team is made of it.`,
    })),
    ...(aliases.size === 0 ? [] : [aliasesNote(aliases.size)]),
  ]
}

function aliasesNote(count: number): ImportNote {
  return {
    kind: 'spelt_out',
    message: `Users stand for the ${count} ${count === 1 ? 'alias' : 'aliases'} of the file.`,
  }
}

function speltOut(message: string): ImportNote {
  return { kind: 'spelt_out', message }
}
