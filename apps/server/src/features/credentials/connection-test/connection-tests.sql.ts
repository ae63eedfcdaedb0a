import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { UseCount } from '../secret-use/use-rate.ts'
import type { ConnectionTestStore } from './connection-test-store.ts'

const LOCK_USER = statement('connection-tests.lock-user', 'select from app_user where id = $1 for no key update')
const FORGET = statement('connection-tests.forget', 'delete from connection_test where user_id = $1 and at <= $2')
const COUNT = statement<UseCount>(
  'connection-tests.count',
  'select count(*)::int as count, min(at) as first from connection_test where user_id = $1',
)
const ADD = statement('connection-tests.add', 'insert into connection_test (user_id, at) values ($1, $2)')

/** Connection tests in `connection_test`. */
export function sqlConnectionTestStore(connection: Connection): ConnectionTestStore {
  return {
    async countSince(userId, since) {
      await connection.query(LOCK_USER, [userId])
      await connection.query(FORGET, [userId, since])
      const [counted] = await connection.query(COUNT, [userId])
      return counted ?? { count: 0, first: null }
    },
    async add(userId, at) {
      await connection.query(ADD, [userId, at])
    },
  }
}
