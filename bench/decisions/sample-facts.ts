import type { ModelFacts } from '../../apps/server/src/features/decisions/model-facts.ts'

export interface SampleSize {
  readonly users: number
  readonly teams: number
  /** One rule for each team, each with its share of these. */
  readonly permissions: number
  readonly membersOfRule: number
}

const REPOSITORIES = 100
const BRANCHES = 1000
const MODULES = 5000

/** An organisation of teams of teams, with rules deep inside large repositories; the same for the same size. */
export function sampleFacts({ users, teams, permissions, membersOfRule }: SampleSize): ModelFacts {
  const count = <T>(length: number, make: (n: number) => T) => Array.from({ length }, (_, n) => make(n))
  return {
    users: count(users, (n) => ({ id: idOf('1', n), username: usernameOf(n), enabled: n % 100 !== 99 })),
    teams: count(teams, (n) => ({
      id: idOf('2', n),
      name: `team ${n}`,
      parent: n < 10 ? undefined : idOf('2', Math.floor(n / 10)),
    })),
    rules: count(teams, (n) => ({ id: idOf('3', n), name: `rule ${n}`, team: idOf('2', n), audience: 'members' })),
    repositories: count(REPOSITORIES, (n) => ({ id: idOf('4', n), name: repositoryOf(n) })),
    permissions: count(permissions, (n) => ({
      id: idOf('5', n),
      rule: idOf('3', n % teams),
      repository: idOf('4', n % REPOSITORIES),
      type: n % 7 === 0 ? 'READ_WRITE' : 'READ',
      path: isWhole(n, teams) ? '/' : spokenPath(n),
    })),
    members: count(teams, (n) => ({
      rule: idOf('3', n),
      users: [...new Set(count(membersOfRule, (m) => idOf('1', (n * 7 + m * 997) % users)))],
    })),
  }
}

export interface SampleQuestion {
  readonly username: string
  readonly repository: string
  readonly path: string
}

/** Questions about files below the paths that rules speak of, half of them by somebody the rule names. */
export function sampleQuestions({ users, teams, permissions }: SampleSize, count: number): SampleQuestion[] {
  return Array.from({ length: count }, (_, n) => {
    const permission = (n * 7919) % permissions
    const user = n % 2 === 0 ? ((permission % teams) * 7) % users : (n * 104_729) % users
    return {
      username: usernameOf(user),
      repository: repositoryOf(permission % REPOSITORIES),
      path: `${spokenPath(permission)}/deep/file${n}.c`,
    }
  })
}

function usernameOf(n: number): string {
  return `user-${String(n).padStart(6, '0')}`
}

function repositoryOf(n: number): string {
  return `repository-${n}`
}

function spokenPath(n: number): string {
  return `/branches/b${n % BRANCHES}/src/m${n % MODULES}/part${Math.floor(n / MODULES)}`
}

/** Few rules speak of whole repositories. */
function isWhole(n: number, teams: number): boolean {
  return n < teams && n % 50 === 0
}

function idOf(kind: string, n: number): string {
  return `0190000${kind}-0000-7000-8000-${String(n).padStart(12, '0')}`
}
