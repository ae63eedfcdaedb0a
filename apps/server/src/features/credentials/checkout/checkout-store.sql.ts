import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { UseCount } from '../secret-use/use-rate.ts'
import type { CheckoutStore, UsageReads, UseAtDataSource } from './checkout-store.ts'

const LOCK_USER = statement('checkouts.lock-user', 'select from app_user where id = $1 for no key update')
const COUNT_SINCE = statement<UseCount>(
  'checkouts.count-since',
  'select count(*)::int as count, min(at) as first from credential_checkout where user_id = $1 and at > $2',
)
const ADD = statement(
  'checkouts.add',
  `insert into credential_checkout (organisation_id, credential_id, data_source_id, user_id, user_name, at, reason)
   values ($1, $2, $3, $4, $5, $6, $7)`,
)
const SUMMARISE = statement<{ readonly checkouts: number; readonly users: number }>(
  'checkouts.summarise',
  `select count(*)::int as checkouts, count(distinct user_id)::int as users
   from credential_checkout where credential_id = $1`,
)
const FIND_LAST = statement<{ data_source_id: number; user_id: string; user_name: string; at: Date }>(
  'checkouts.find-last',
  `select data_source_id, user_id, user_name, at from credential_checkout where credential_id = $1
   order by at desc, id desc limit 1`,
)
const LIST_DATA_SOURCES = statement<UseAtDataSource>(
  'checkouts.list-data-sources',
  `select source.id, source.name, coalesce(used.checkouts, 0) as checkouts, used.last_at as "lastAt"
   from data_source_credential link join data_source source on source.id = link.data_source_id
   left join (
     select data_source_id, count(*)::int as checkouts, max(at) as last_at
     from credential_checkout where credential_id = $1 group by data_source_id
   ) used on used.data_source_id = source.id
   where link.credential_id = $1 order by source.name_key offset $2 limit $3`,
)
const COUNT_DATA_SOURCES = statement<{ readonly total: number }>(
  'checkouts.count-data-sources',
  'select count(*)::int as total from data_source_credential where credential_id = $1',
)

/** Checkouts in `credential_checkout`. */
export function sqlCheckoutStore(connection: Connection): CheckoutStore {
  return {
    async countSince(userId, since) {
      await connection.query(LOCK_USER, [userId])
      const [counted] = await connection.query(COUNT_SINCE, [userId, since])
      return counted ?? { count: 0, first: null }
    },
    async add({ organisation, credential, dataSource, by, at, reason }) {
      await connection.query(ADD, [organisation, credential, dataSource, by.id, by.name, at, reason ?? null])
    },
  }
}

export function sqlUsageReads(connection: Connection): UsageReads {
  return {
    async summarise(credential) {
      const [counted] = await connection.query(SUMMARISE, [credential])
      const [row] = await connection.query(FIND_LAST, [credential])
      const last = row && {
        at: row.at,
        by: { id: row.user_id, name: row.user_name },
        dataSource: row.data_source_id,
      }
      return { checkouts: counted?.checkouts ?? 0, users: counted?.users ?? 0, last }
    },
    async listDataSources(credential, { offset, limit }) {
      const items = await connection.query(LIST_DATA_SOURCES, [credential, offset, limit])
      const [count] = await connection.query(COUNT_DATA_SOURCES, [credential])
      return { items, total: count?.total ?? 0 }
    },
  }
}
