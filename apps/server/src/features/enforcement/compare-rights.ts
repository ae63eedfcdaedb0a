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
  const told: Int8Array = new Int8Array(classes.count).fill(UNCHANGED)
  const outside = { was: was.outside, is: is.outside, told }
  walkPaths(paths, outside, (path, above) => {
    const [then, now] = [was.hearAt(path, above.was), is.hearAt(path, above.is)]
    const codeOf = (each: number) => (then.rights[each] ?? 0) * PERMISSIONS.length + (now.rights[each] ?? 0)
    const toTell = (each: number) => (isChange(codeOf(each)) ? codeOf(each) : UNCHANGED)
    const news = unionOf(then.heard, now.heard).filter((each) => toTell(each) !== above.told[each])
    for (const [code, group] of [...Map.groupBy(news, codeOf)].sort(([a], [b]) => a - b)) {
      for (const [audience, members] of splitByAudience(group)) {
        changes.push({ path, ...readCode(code), audience, usernames: classes.usernamesOf(members) })
      }
    }
    return { was: then.rights, is: now.rights, told: retell(above.told, news, toTell) }
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

/** What was told above, with the news. */
function retell(above: Int8Array, news: readonly number[], toTell: (each: number) => number): Int8Array {
  if (news.length === 0) return above
  const told = above.slice()
  for (const each of news) told[each] = toTell(each)
  return told
}

/** In order, each once. */
function unionOf(some: Int32Array, others: Int32Array): number[] {
  return [...new Set([...some, ...others])].sort((a, b) => a - b)
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
