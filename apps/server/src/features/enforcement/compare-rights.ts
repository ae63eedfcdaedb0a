import {
  classifyUsers,
  type PermissionType,
  type ReportedAudience,
  type RepositoryRights,
  RightsOfClasses,
  splitByAudience,
  type UserNumbers,
  walkPaths,
} from '../rules/index.ts'

/**
 * What somebody may do at a path and below, before and after, where that does not follow from a change at a path above.
 * Equal rights end such a change: from there down nothing changes for them.
 */
export interface AccessChange {
  readonly path: string
  readonly before: PermissionType
  readonly after: PermissionType
  readonly audience: ReportedAudience
  /** In order; none unless the audience is `user`. */
  readonly usernames: readonly string[]
}

export interface RightsComparison {
  readonly changes: readonly AccessChange[]
  /** To whom `authenticated` does not apply. Left empty where nothing changes for that audience. */
  readonly named: ReadonlySet<string>
}

const PERMISSIONS: readonly PermissionType[] = ['NONE', 'READ', 'READ_WRITE']
const NO_NAMES: ReadonlySet<string> = new Set()
const UNCHANGED = -1

/** Who gains or loses what, and where: the fewest changes from which it follows for every user at every path. */
export function compareRights(
  before: RepositoryRights,
  after: RepositoryRights,
  numbers?: UserNumbers,
): RightsComparison {
  const classes = classifyUsers([before, after], numbers)
  const [was, is] = [new RightsOfClasses(before, classes), new RightsOfClasses(after, classes)]
  const changes: AccessChange[] = []
  const paths = [...before.statements, ...after.statements].map(({ path }) => path)
  const outside = { was: was.outside, is: is.outside, told: new Int8Array(classes.count).fill(UNCHANGED) }
  walkPaths(paths, outside, (path, above) => {
    const rights = { was: was.rightsAt(path, above.was), is: is.rightsAt(path, above.is) }
    const codes = rights.was.map((right, each) => right * PERMISSIONS.length + (rights.is[each] ?? 0))
    const told = Int8Array.from(codes, (code) => (isChange(code) ? code : UNCHANGED))
    const news = Array.from(told.keys()).filter((each) => told[each] !== above.told[each])
    for (const [code, group] of [...Map.groupBy(news, (each) => codes[each] ?? 0)].sort(([a], [b]) => a - b)) {
      for (const [audience, members] of splitByAudience(group)) {
        changes.push({ path, ...readCode(code), audience, usernames: classes.usernamesOf(members) })
      }
    }
    return { ...rights, told }
  })
  const concernsOthers = changes.some(({ audience }) => audience === 'authenticated')
  return { changes, named: concernsOthers ? classes.listNamed() : NO_NAMES }
}

/** Those of the changes that a user meets, as one who is named or as any other. */
export function changesFor(username: string, { changes, named }: RightsComparison): AccessChange[] {
  return changes.filter(({ audience, usernames }) =>
    audience === 'user' ? usernames.includes(username) : audience === 'authenticated' && !named.has(username),
  )
}

function isChange(code: number): boolean {
  return code % PERMISSIONS.length !== Math.floor(code / PERMISSIONS.length)
}

function readCode(code: number): Pick<AccessChange, 'before' | 'after'> {
  const [before = 'NONE', after = 'NONE'] = [
    PERMISSIONS[Math.floor(code / PERMISSIONS.length)],
    PERMISSIONS[code % PERMISSIONS.length],
  ]
  return { before, after }
}
