import type { Connection, Statement } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { ClientAct, ClientChangeStore } from './client-change-store.ts'

interface CompanyRow {
  readonly organisation_id: number
}

interface CountRow {
  readonly count: number
}

const HOLD_CLIENT = statement(
  'client-changes.hold-client',
  'select from client_application where client_id = $1 for key share',
)
const COUNT_COMPANIES = statement<CountRow>(
  'client-changes.count-companies',
  'select count(*)::int as count from organisation',
)
const AWAIT_COMPANIES = statement('client-changes.await-companies', 'select await_new_organisations()')
const LIST_COMPANIES = statement<CompanyRow>(
  'client-changes.list-companies',
  'select id as organisation_id from organisation where id > $1 order by id limit $2',
)

/** Over `$1`, the companies, and `$2`, the client. */
const CHANGES: Readonly<Record<ClientAct, Statement<CompanyRow>>> = {
  add: statement<CompanyRow>(
    'client-changes.add',
    `insert into permitted_client (organisation_id, client_id) select unnest($1::int[]), $2
     on conflict (organisation_id, client_id) do nothing returning organisation_id`,
  ),
  permit: statement<CompanyRow>(
    'client-changes.permit',
    `insert into permitted_client as known (organisation_id, client_id, is_permitted) select unnest($1::int[]), $2, true
     on conflict (organisation_id, client_id) do update set is_permitted = true where not known.is_permitted
     returning organisation_id`,
  ),
  remove: statement<CompanyRow>(
    'client-changes.remove',
    'delete from permitted_client where organisation_id = any($1::int[]) and client_id = $2 returning organisation_id',
  ),
}

const REMOVE_REQUESTS = statement(
  'client-changes.remove-requests',
  'delete from client_request where organisation_id = any($1::int[]) and client_id = $2',
)

/** How many of them have a row that is as it would be already: for `remove`, how many have one to remove. */
const KNOWN: Readonly<Record<ClientAct, Statement<CountRow>>> = {
  add: countKnown('add', ''),
  permit: countKnown('permit', 'and is_permitted'),
  remove: countKnown('remove', ''),
}

function countKnown(act: ClientAct, condition: string): Statement<CountRow> {
  return statement<CountRow>(
    `client-changes.count-known-to-${act}`,
    `select count(*)::int as count from permitted_client
     where organisation_id = any($1::int[]) and client_id = $2 ${condition}`,
  )
}

/** Companies are organisations; what they permit stands in `permitted_client`. */
export function sqlClientChangeStore(connection: Connection): ClientChangeStore {
  return {
    holdClient: async (clientId) => (await connection.query(HOLD_CLIENT, [clientId])).length > 0,
    async countCompanies() {
      const [row] = await connection.query(COUNT_COMPANIES)
      return row?.count ?? 0
    },
    async listCompanies({ after, limit }) {
      await connection.query(AWAIT_COMPANIES)
      return toIds(await connection.query(LIST_COMPANIES, [after, limit]))
    },
    change: async (act, clientId, companies) => toIds(await connection.query(CHANGES[act], [companies, clientId])),
    async removeRequests(clientId, companies) {
      await connection.query(REMOVE_REQUESTS, [companies, clientId])
    },
    async countChanges(act, clientId, companies) {
      const [row] = await connection.query(KNOWN[act], [companies, clientId])
      const known = row?.count ?? 0
      return act === 'remove' ? known : companies.length - known
    },
  }
}

function toIds(rows: readonly CompanyRow[]): readonly number[] {
  return rows.map(({ organisation_id }) => organisation_id)
}
