import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { SetupCodeStore } from './setup-code-store.ts'

const ADD = statement('setup-codes.add', 'insert into setup_code (code_hash, expires_at) values ($1, $2)')
const FIND = statement<{ readonly expires_at: Date }>(
  'setup-codes.find',
  'select expires_at from setup_code where code_hash = $1 and expires_at > $2',
)
const REMOVE_ALL = statement('setup-codes.remove-all', 'delete from setup_code')
const FORGET = statement('setup-codes.forget', 'delete from setup_code where expires_at < $1')

/** Set-up codes in the table `setup_code`, by their hash. */
export function sqlSetupCodeStore(connection: Connection): SetupCodeStore {
  return {
    async add(codeHash, expiresAt) {
      await connection.query(ADD, [codeHash, expiresAt])
    },
    async isGood(codeHash, now) {
      return (await connection.query(FIND, [codeHash, now])).length > 0
    },
    async removeAll() {
      await connection.query(REMOVE_ALL)
    },
    async forget(before) {
      await connection.query(FORGET, [before])
    },
  }
}
