import type { AuthzFile, Entry, Section } from '../authz-file.ts'
import { isExpressiblePath } from '../expressible.ts'
import { isLongPath, LONGEST_PATH_BYTES } from '../long-path.ts'
import { dealias, membersOf } from '../members-of.ts'
import { entryName, sectionName } from './section-name.ts'

interface Kept {
  readonly file: AuthzFile
  /** What is left out, and why, in sentences. */
  readonly unexpressed: readonly string[]
}

/** The file without what no rule can say. */
export function leaveOutInexpressible(file: AuthzFile): Kept {
  const unexpressed: string[] = []
  const sections = file.sections.flatMap((section) => {
    const reason = reasonToLeaveOut(section)
    if (reason) unexpressed.push(`The section ${sectionName(section)} is left out: ${reason}`)
    return reason ? [] : [withoutEntries(section, (entry) => isInvertedNobody(file, entry), unexpressed)]
  })
  return { file: { ...file, sections }, unexpressed }
}

function reasonToLeaveOut({ glob, path }: Section): string | undefined {
  if (glob) return 'a rule speaks of a path, not of a pattern.'
  if (!isExpressiblePath(path)) return 'its path has characters that no path of a repository has.'
  if (isLongPath(path)) return `its path is longer than ${LONGEST_PATH_BYTES} bytes.`
  return undefined
}

function withoutEntries(section: Section, leavesOut: (entry: Entry) => boolean, unexpressed: string[]): Section {
  const left = section.entries.filter(leavesOut)
  if (left.length === 0) return section
  for (const entry of left) {
    const reason = 'whom Subversion means by all but an empty group hangs on unrelated sections.'
    unexpressed.push(`The entry "${entryName(entry)}" of ${sectionName(section)} is left out: ${reason}`)
  }
  return { ...section, entries: section.entries.filter((entry) => !left.includes(entry)) }
}

function isInvertedNobody(file: AuthzFile, { subject, inverted }: Entry): boolean {
  if (!inverted || !('name' in subject)) return false
  const { kind, name } = dealias(file, subject)
  return kind === 'group' && membersOf(file, name).size === 0
}
