import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { RegistrationToken, RegistrationTokenId } from './registration-token.ts'
import type { RegistrationTokenStore } from './registration-token-store.ts'

interface Row {
  readonly id: RegistrationTokenId
  readonly uses: number
  readonly most_uses: number | null
  readonly created_at: Date
  readonly expires_at: Date
}

interface ListedRow extends Row {
  readonly username: string | null
}

const FACTS = 'token.id, token.uses, token.most_uses, token.created_at, token.expires_at'

const ADD = statement(
  'registration-tokens.add',
  `insert into oauth_registration_token (id, token_hash, uses, most_uses, created_by, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7)`,
)
const FIND = statement<Row>(
  'registration-tokens.find',
  `select ${FACTS} from oauth_registration_token token where token_hash = $1`,
)
const USE = statement<Pick<Row, 'id'>>(
  'registration-tokens.use',
  `update oauth_registration_token set uses = uses + 1
   where token_hash = $1 and expires_at > $2 and (most_uses is null or uses < most_uses)
   returning id`,
)
const LIST = statement<ListedRow>(
  'registration-tokens.list',
  `select ${FACTS}, maker.username
   from oauth_registration_token token left join app_user maker on maker.id = token.created_by
   order by token.created_at, token.id offset $1 limit $2`,
)
const COUNT = statement<{ readonly total: number }>(
  'registration-tokens.count',
  'select count(*)::int as total from oauth_registration_token',
)
const REMOVE = statement<Pick<Row, 'id'>>(
  'registration-tokens.remove',
  'delete from oauth_registration_token where id = $1 returning id',
)

/** Initial access tokens in the table `oauth_registration_token`. */
export function sqlRegistrationTokenStore(connection: Connection): RegistrationTokenStore {
  return {
    async add({ id, tokenHash, uses, mostUses, createdBy, createdAt, expiresAt }) {
      await connection.query(ADD, [id, tokenHash, uses, mostUses ?? null, createdBy, createdAt, expiresAt])
    },
    async find(tokenHash) {
      const [row] = await connection.query(FIND, [tokenHash])
      return row && toToken(row)
    },
    async use(tokenHash, at) {
      const [row] = await connection.query(USE, [tokenHash, at])
      return row?.id
    },
    async list({ offset, limit }) {
      const rows = await connection.query(LIST, [offset, limit])
      const [count] = await connection.query(COUNT)
      const items = rows.map((row) => ({ ...toToken(row), createdBy: row.username ?? undefined }))
      return { items, total: count?.total ?? 0 }
    },
    async remove(id) {
      return (await connection.query(REMOVE, [id])).length > 0
    },
  }
}

function toToken({ id, uses, most_uses, created_at, expires_at }: Row): RegistrationToken {
  return { id, uses, mostUses: most_uses ?? undefined, createdAt: created_at, expiresAt: expires_at }
}
