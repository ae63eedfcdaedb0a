import { type Audience, NONE, type Right } from '../../rules/index.ts'
import { known, type ModelIndex } from './model-index.ts'
import {
  type ModelPermission,
  type ModelRule,
  type ModelTeam,
  type ModelUser,
  permissionsAt,
  type Spot,
} from './model-parts.ts'
import { rightHeard } from './right-of.ts'
import { ruleOf } from './spoken-path.ts'

/** A right, with what decided it. */
export interface Explanation {
  readonly right: Right
  /** The nearest path at or above the one asked about where something is said to the user; undefined when nothing is. */
  readonly path: string | undefined
  /** The narrowest audience there that the user is one of: it alone decides. */
  readonly audience: Audience | undefined
  /** The permissions of that audience there that give the right. */
  readonly by: readonly ModelPermission[]
  /** What else is said there to the user, and does not count. */
  readonly overruled: readonly ModelPermission[]
}

const NARROWEST_FIRST: readonly Audience[] = ['members', 'authenticated', 'everyone']
const SILENCE: Explanation = { right: NONE, path: undefined, audience: undefined, by: [], overruled: [] }

/** As `rightOf`, and why; of a disabled user as if they were not, since that is another reason. */
export function explainRight(index: ModelIndex, user: ModelUser | undefined, { repository, path }: Spot): Explanation {
  const { spoken: paths } = repository
  for (let spoken = paths.nearest(path); spoken; spoken = paths.above(spoken)) {
    const right = rightHeard(index, user, spoken)
    if (right === undefined) continue
    return explainHeard({ right, path: spoken.path, heard: saidTo(user, index, { repository, path: spoken.path }) })
  }
  return SILENCE
}

interface Heard {
  readonly right: Right
  readonly path: string
  readonly heard: readonly ModelPermission[]
}

function explainHeard({ right, path, heard }: Heard): Explanation {
  const audience = NARROWEST_FIRST.find((each) => heard.some(({ rule }) => rule.audience === each))
  const decides = (permission: ModelPermission) => permission.rule.audience === audience && permission.right === right
  return { right, path, audience, by: heard.filter(decides), overruled: heard.filter((each) => !decides(each)) }
}

/** All that is said to a user at one path, in a stable order. */
function saidTo(user: ModelUser | undefined, index: ModelIndex, { repository, path }: Spot): ModelPermission[] {
  const spoken = repository.spoken.get(path)
  const named: ModelPermission[] = []
  for (const entry of (user && spoken?.named) ?? []) {
    const number = ruleOf(entry)
    const rule = index.rulesByNumber[number]
    if (user && rule && index.rulesOf.has(user.number, number)) named.push(...permissionsAt(rule, { repository, path }))
  }
  const wide = spoken?.wide.filter(({ rule }) => user !== undefined || rule.audience === 'everyone') ?? []
  return [...named, ...wide].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The team of a rule and those above it, the root first. */
export function teamPathOf(index: ModelIndex, rule: ModelRule): ModelTeam[] {
  const path: ModelTeam[] = []
  for (let id: string | undefined = rule.team; id !== undefined; ) {
    const team: ModelTeam = known(index.teams.get(id), 'team', id)
    path.unshift(team)
    id = team.parent
  }
  return path
}
