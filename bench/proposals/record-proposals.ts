import { wireDirectories } from '../../apps/server/src/app/wiring/wire-directories.ts'
import { wireModel } from '../../apps/server/src/app/wiring/wire-model.ts'
import { addMembers, createTeam } from '../../apps/server/src/features/teams/index.ts'
import { systemClock } from '../../apps/server/src/kernel/clock.ts'
import type { ProposalKind } from '../../apps/server/src/kernel/proposal.ts'
import { uuidSource } from '../../apps/server/src/platform/id-source.ts'
import { makeSealingKey, SealedSecrets } from '../../apps/server/src/platform/security/sealed-secret.ts'
import type { BenchDatabase } from '../harness/bench-database.ts'
import { recordStatements } from '../harness/recorded-connection.ts'
import { sampleAdmin } from '../harness/sample-admin.ts'
import { sampleId, sampleIdSql } from '../harness/sample-id.ts'
import { pgbenchScript, type Substitutes } from './pgbench-script.ts'

/** Scripts for pgbench that run the very statements by which the server commits one proposal: of each kind, its script. */
export async function recordProposals({ database, pool }: Pick<BenchDatabase, 'database' | 'pool'>): Promise<string[]> {
  const recording = recordStatements(database)
  const { proposals } = wireModel({
    database: recording.database,
    clock: systemClock,
    ids: uuidSource,
    baseUrl: 'http://127.0.0.1',
    directories: wireDirectories({ database, sealer: new SealedSecrets(makeSealingKey()) }),
    hashPassword: async () => '',
    requestPublication: () => undefined,
    wakeQueue: async () => undefined,
  })
  const record = async <Input>(kind: ProposalKind<never, never, Input>, input: Input): Promise<string> => {
    recording.statements.length = 0
    const submission = { caller: sampleAdmin, requestId: 'bench', respondAsync: false, input }
    // What the kind asks of reads and writes is among what the model offers.
    const accepted = await proposals.submit(kind as ProposalKind<unknown, unknown, Input>, submission)
    const made = await pool.query<{ head: number }>('select head from organisation_model where organisation_id = 1')
    const substitutes: Substitutes = new Map<unknown, string>([
      [made.rows[0]?.head, ':revision'],
      // As new as the revision, and so in ascending order, like the ids that the server makes.
      [accepted.taskId, sampleIdSql('task', ':revision')],
      [accepted.entityId ?? '', sampleIdSql('repository', ':revision')],
      [NAME, "'pgbench ' || :revision::bigint"],
      [USER, sampleIdSql('user', ':user')],
      [TEAM, sampleIdSql('team', ':team')],
    ])
    return pgbenchScript(recording.statements, substitutes)
  }
  return [await record(createTeam, { name: NAME }), await record(addMembers, { teamId: TEAM, ids: [USER] })]
}

const NAME = 'pgbench'
const USER = sampleId('user', 1)
const TEAM = sampleId('team', 1)
