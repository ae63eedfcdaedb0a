import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { LockOutStore } from './lock-out-store.ts'

const FIND_LOCK = statement<{ readonly until: Date | null }>(
  'lock-outs.find-lock',
  'select max(locked_until) as until from sign_in_failure where key = any($1::text[])',
)
const COUNT_FAILURE = statement<{ readonly failures: number; readonly locked_until: Date | null }>(
  'lock-outs.count-failure',
  `insert into sign_in_failure as known (key, failures, last_failed_at) values ($1, 1, $2)
   on conflict (key) do update
     set failures = case when known.last_failed_at < $3 then 1 else known.failures + 1 end, last_failed_at = $2
   returning failures, locked_until`,
)
const LOCK = statement('lock-outs.lock', 'update sign_in_failure set locked_until = $2 where key = $1')
const CLEAR = statement('lock-outs.clear', 'delete from sign_in_failure where key = $1')
const FORGET = statement('lock-outs.forget', 'delete from sign_in_failure where last_failed_at < $1')

/** Failures in the table `sign_in_failure`, shared by all nodes. */
export function sqlLockOutStore(connection: Connection): LockOutStore {
  return {
    async findLock(keys) {
      const [row] = await connection.query(FIND_LOCK, [keys])
      return row?.until ?? undefined
    },
    async countFailure(key, now, forgetBefore) {
      const [row] = await connection.query(COUNT_FAILURE, [key, now, forgetBefore])
      return { failures: row?.failures ?? 1, lockedUntil: row?.locked_until ?? undefined }
    },
    async lock(key, until) {
      await connection.query(LOCK, [key, until])
    },
    async clear(key) {
      await connection.query(CLEAR, [key])
    },
    async forget(before) {
      await connection.query(FORGET, [before])
    },
  }
}
