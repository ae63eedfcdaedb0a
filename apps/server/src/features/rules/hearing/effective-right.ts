import type { PermissionType, RepositoryRights, Statement } from '../statement.ts'

/** Within one audience a denial beats writing, and writing beats reading. */
const STRONGEST_FIRST: readonly PermissionType[] = ['NONE', 'READ_WRITE', 'READ']

/**
 * The right of a user (undefined: an anonymous visitor) at a path, by the words of the specification: the nearest path
 * of which a rule speaks that applies to the user decides, and there the narrowest audience. This is the plain reading
 * that every faster form is tested against.
 */
export function effectiveRight(rights: RepositoryRights, path: string, user: string | undefined): PermissionType {
  if (user !== undefined && rights.disabled.includes(user)) return 'NONE'
  for (const ancestor of pathAndAbove(path)) {
    const spoken = rightSpokenOf(
      rights.statements.filter((statement) => statement.path === ancestor),
      user,
    )
    if (spoken) return spoken
  }
  return 'NONE'
}

function rightSpokenOf(statements: readonly Statement[], user: string | undefined): PermissionType | undefined {
  const named = statements.filter(
    ({ audience, members }) => audience === 'members' && user !== undefined && members.includes(user),
  )
  const signedIn = statements.filter(({ audience }) => audience === 'authenticated' && user !== undefined)
  const everyone = statements.filter(({ audience }) => audience === 'everyone')
  const narrowest = [named, signedIn, everyone].find((audience) => audience.length > 0)
  return STRONGEST_FIRST.find((right) => narrowest?.some(({ permissionType }) => permissionType === right))
}

function pathAndAbove(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '')
  return Array.from({ length: parts.length + 1 }, (_, i) => `/${parts.slice(0, parts.length - i).join('/')}`)
}
