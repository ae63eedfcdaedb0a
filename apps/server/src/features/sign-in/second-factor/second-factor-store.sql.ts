import type { UserId } from '../../../kernel/ids.ts'
import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { SecondFactorStore } from './second-factor-store.ts'

interface Row {
  readonly user_id: UserId
  readonly sealed_secret: string
  readonly enrolled_at: Date
  readonly turned_on_at: Date | null
  readonly last_step: number | null
}

interface Found {
  readonly user_id: UserId
}

const FIND = statement<Row>(
  'second-factors.find',
  'select user_id, sealed_secret, enrolled_at, turned_on_at, last_step from second_factor where user_id = $1',
)
const COUNT_CODES = statement<{ readonly total: number }>(
  'second-factors.count-recovery-codes',
  'select count(*)::int as total from recovery_code where user_id = $1',
)
const PUT_PENDING = statement<Found>(
  'second-factors.put-pending',
  `insert into second_factor as known (user_id, sealed_secret, enrolled_at) values ($1, $2, $3)
   on conflict (user_id) do update set sealed_secret = excluded.sealed_secret, enrolled_at = excluded.enrolled_at
   where known.turned_on_at is null
   returning user_id`,
)
const TURN_ON = statement<Found>(
  'second-factors.turn-on',
  `update second_factor set turned_on_at = $3, last_step = $4
   where user_id = $1 and sealed_secret = $2 and turned_on_at is null
   returning user_id`,
)
const USE_STEP = statement<Found>(
  'second-factors.use-step',
  `update second_factor set last_step = $3
   where user_id = $1 and sealed_secret = $2 and (last_step is null or last_step < $3)
   returning user_id`,
)
const USE_CODE = statement<Found>(
  'second-factors.use-recovery-code',
  'delete from recovery_code where user_id = $1 and code_hash = $2 returning user_id',
)
const DROP_CODES = statement('second-factors.drop-recovery-codes', 'delete from recovery_code where user_id = $1')
const ADD_CODES = statement(
  'second-factors.add-recovery-codes',
  'insert into recovery_code (user_id, code_hash) select $1, unnest($2::bytea[])',
)
const REMOVE = statement<Found>(
  'second-factors.remove',
  'delete from second_factor where user_id = $1 returning user_id',
)

/** Second factors in the tables `second_factor` and `recovery_code`. */
export function sqlSecondFactorStore(connection: Connection): SecondFactorStore {
  return {
    async find(userId) {
      const [row] = await connection.query(FIND, [userId])
      return (
        row && {
          userId: row.user_id,
          sealedSecret: row.sealed_secret,
          enrolledAt: row.enrolled_at,
          turnedOnAt: row.turned_on_at ?? undefined,
          lastStep: row.last_step ?? undefined,
        }
      )
    },
    async countRecoveryCodes(userId) {
      const [count] = await connection.query(COUNT_CODES, [userId])
      return count?.total ?? 0
    },
    async putPending({ userId, sealedSecret, enrolledAt }) {
      return (await connection.query(PUT_PENDING, [userId, sealedSecret, enrolledAt])).length > 0
    },
    async turnOn({ userId, sealedSecret }, { at, step }) {
      return (await connection.query(TURN_ON, [userId, sealedSecret, at, step])).length > 0
    },
    async useStep({ userId, sealedSecret }, step) {
      return (await connection.query(USE_STEP, [userId, sealedSecret, step])).length > 0
    },
    async useRecoveryCode(userId, codeHash) {
      return (await connection.query(USE_CODE, [userId, codeHash])).length > 0
    },
    async replaceRecoveryCodes(userId, codeHashes) {
      await connection.query(DROP_CODES, [userId])
      await connection.query(ADD_CODES, [userId, codeHashes])
    },
    async remove(userId) {
      return (await connection.query(REMOVE, [userId])).length > 0
    },
  }
}
