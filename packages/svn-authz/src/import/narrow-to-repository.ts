import type { AuthzFile, Section } from '../authz-file.ts'
import { dealias } from '../members-of.ts'
import type { RepositoryImportPlan } from './import-plan.ts'

interface Narrowed {
  readonly file: AuthzFile
  readonly others: RepositoryImportPlan['others']
}

/**
 * The part of a file that is about one repository: its own sections, those for all repositories, and every group but
 * those of which only sections of other repositories speak.
 */
export function narrowToRepository(file: AuthzFile, repository: string): Narrowed {
  const { own = [], other = [] } = Object.groupBy(file.sections, (section) =>
    section.repository === undefined || section.repository === repository ? 'own' : 'other',
  )
  const othersGroups = reach(file, namedBy(file, other))
  const unmentioned = [...file.groups.keys()].filter((group) => !othersGroups.has(group))
  const ownGroups = reach(file, [...namedBy(file, own), ...unmentioned])
  const byRepository = Map.groupBy(other, (section) => section.repository ?? '')
  return {
    file: {
      aliases: file.aliases,
      groups: new Map([...file.groups].filter(([group]) => ownGroups.has(group))),
      sections: own,
    },
    others: {
      repositories: [...byRepository].map(([name, sections]) => ({ name, sections: sections.length })),
      groups: [...othersGroups].filter((group) => !ownGroups.has(group)),
    },
  }
}

function namedBy(file: AuthzFile, sections: readonly Section[]): string[] {
  return sections.flatMap(({ entries }) =>
    entries.flatMap(({ subject }) => {
      const named = 'name' in subject ? dealias(file, subject) : undefined
      return named?.kind === 'group' ? [named.name] : []
    }),
  )
}

/** The groups and all that are nested in them. */
function reach({ groups }: AuthzFile, from: readonly string[]): ReadonlySet<string> {
  const reached = new Set(from)
  // A set hands out what is added to it meanwhile.
  for (const group of reached) {
    for (const { kind, name } of groups.get(group) ?? []) if (kind === 'group') reached.add(name)
  }
  return reached
}
