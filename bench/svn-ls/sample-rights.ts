import type { RepositoryRights, Statement } from '../../apps/server/src/features/rules/index.ts'

/** 100 repositories of 100 sections; 1,000 teams of 20 among 4,000 users. */
const REPOSITORIES = 100
const SECTIONS = 100
const TEAMS = 1000
const MEMBERS = 20
const USERS = 4000
const TEAMS_PER_REPOSITORY = TEAMS / REPOSITORIES
/** A neighbour's teams that may read. A prime beside the 10 of the repository's own, so that pairs vary. */
const READING_TEAMS = 7

/** May read everywhere. */
export const READER = 'reader'

export interface SampleRepository {
  readonly name: string
  readonly sections: readonly SampleSection[]
}

/** The teams that may write at a path, and below it, and those that may read. */
export interface SampleSection {
  readonly path: string
  readonly writers: number
  readonly readers: number
}

const sampleTeams: readonly (readonly string[])[] = Array.from({ length: TEAMS }, (_, team) => [
  READER,
  ...Array.from({ length: MEMBERS - 1 }, (__, member) => `user-${(team * 31 + member * 211) % USERS}`),
])

/** Each repository is written by ten teams of its own and read by seven of its neighbour's. */
export const sampleRepositories: readonly SampleRepository[] = Array.from(
  { length: REPOSITORIES },
  (_, repository) => ({
    name: `repository-${repository}`,
    sections: Array.from({ length: SECTIONS }, (__, section) => ({
      path: section === 0 ? '/' : `/project-${section % 10}/part-${section}`,
      writers: repository * TEAMS_PER_REPOSITORY + (section % TEAMS_PER_REPOSITORY),
      readers: ((repository + 1) * TEAMS_PER_REPOSITORY + (section % READING_TEAMS)) % TEAMS,
    })),
  }),
)

/** What the server would read from its model. */
export function rightsOf({ sections }: SampleRepository): RepositoryRights {
  return { statements: sections.flatMap(statementsOf), disabled: [] }
}

function statementsOf({ path, writers, readers }: SampleSection): Statement[] {
  const audience = 'members'
  return [
    { path, permissionType: 'READ_WRITE', audience, members: sampleTeams[writers] ?? [] },
    { path, permissionType: 'READ', audience, members: sampleTeams[readers] ?? [] },
  ]
}

/** All of it in one file, as administrators write it by hand: every team a group, every path of every repository a section. */
export function naiveFile(): string {
  const groups = sampleTeams.map((members, team) => `team-${team} = ${members.join(', ')}`)
  const sections = sampleRepositories.flatMap(({ name, sections: paths }) =>
    paths.map(({ path, writers, readers }) => `[${name}:${path}]\n@team-${writers} = rw\n@team-${readers} = r\n`),
  )
  return `[groups]\n${groups.join('\n')}\n\n${sections.join('\n')}`
}

/** Whoever signs in may read everything: what a file costs that decides nothing. */
export const EMPTY_FILE = '[/]\n* = r\n'
