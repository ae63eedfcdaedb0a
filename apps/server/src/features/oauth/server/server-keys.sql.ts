import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { ServerKeyStore } from './server-keys.ts'

const KEEP = statement('oauth-keys.keep', 'insert into oauth_key (name, sealed) values ($1, $2) on conflict do nothing')
const FIND = statement<{ readonly sealed: string }>('oauth-keys.find', 'select sealed from oauth_key where name = $1')

/** Keys in the table `oauth_key`. */
export function sqlServerKeyStore(connection: Connection): ServerKeyStore {
  return {
    async keepFirst(name, sealed) {
      await connection.query(KEEP, [name, sealed])
      const [row] = await connection.query(FIND, [name])
      return row?.sealed ?? sealed
    },
  }
}
