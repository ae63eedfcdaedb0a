import type { Pool } from '../harness/bench-database.ts'
import { seedRules } from '../publication/seed-rules.ts'

/** What a rule grants, as a peer is given it. */
export interface Grant {
  readonly rule: string
  readonly repository: string
  readonly path: string
}

export interface Question {
  readonly username: string
  /** Those that name the user. */
  readonly rules: readonly string[]
  readonly repository: string
  readonly path: string
}

export interface Seeded {
  readonly grants: readonly Grant[]
  /** Runs of questions about one user each. */
  readonly questions: readonly (readonly Question[])[]
}

const USERS_ASKED = 200

/** 10,000 memberships and 10,000 permissions, and questions to them, half of which a rule of the user answers. */
export async function seedQuestions(pool: Pool, questionsOfUser: number): Promise<Seeded> {
  await seedRules(pool, {
    organisation: 1,
    revision: 2,
    users: 10_000,
    teams: 1000,
    membersPerTeam: 10,
    repositories: 1000,
    paths: 10,
  })
  const { rows: grants } = await pool.query<Grant>(
    `select rule_id as rule, repository.name as repository, effective_path as path
     from permission_version join repository on repository.id = repository_id`,
  )
  const { rows: members } = await pool.query<{ username: string; rules: string[] }>(
    'select username, array_agg(rule_id::text) as rules from rule_member group by username order by username limit $1',
    [USERS_ASKED],
  )
  const questions = members.map(({ username, rules }, u) => {
    const own = grants.filter(({ rule }) => rules.includes(rule))
    return Array.from({ length: questionsOfUser }, (_, n) => {
      const grant = (n % 2 === 0 ? own[n % own.length] : undefined) ?? grants[(u * 7919 + n * 97) % grants.length]
      if (!grant) throw new Error('No rule was seeded.')
      return { username, rules, repository: grant.repository, path: `${grant.path}/src/deep/file${n}.c` }
    })
  })
  return { grants, questions }
}
