import { sqlMemberWrites } from '../../apps/server/src/features/teams/members/members.sql.ts'
import type { BenchDatabase } from '../harness/bench-database.ts'
import { sampleId } from '../harness/sample-id.ts'
import { settle } from '../harness/seed-model.ts'

const BATCH = 500

export interface History {
  readonly team: string
  /** Numbers of sample users that are members. */
  readonly members: readonly number[]
  /** From this revision on. */
  readonly from: number
  readonly revisions: number
}

/** By the server's own statements: each revision removes a member of the team, or adds the one removed before. */
export async function makeHistory({ database, pool }: BenchDatabase, history: History): Promise<void> {
  const { team, members, from, revisions } = history
  for (let done = 0; done < revisions; done += BATCH) {
    await database.transaction(async (tx) => {
      for (let n = done; n < Math.min(done + BATCH, revisions); n += 1) {
        const writes = sqlMemberWrites(tx, from + n + 1)
        const who = [sampleId('user', members[Math.floor(n / 2) % members.length] ?? 0)]
        await (n % 2 === 0 ? writes.removeMembers(team, who) : writes.addMembers(team, who))
      }
    })
  }
  const head = from + revisions
  await pool.query('update organisation_model set head = $1, target = $1, enforced = $1 where organisation_id = 1', [
    head,
  ])
  await settle(pool)
}
