import type { Connection, Statement } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { narrowUsers } from '../user-filter.sql.ts'
import type { UserFilter } from '../user-store.ts'
import type { NumberedUser, UserSelection } from './user-selection.ts'

const SELECT = 'select number, id, username, enabled from app_user'

const LIST_BY_ID = statement<NumberedUser>(
  'user-selection.list-by-id',
  `${SELECT} where organisation_id = $1 and id = any($2::uuid[]) order by number`,
)
const LIST_BY_NUMBER = statement<NumberedUser>(
  'user-selection.list-by-number',
  `${SELECT} where organisation_id = $1 and number = any($2::int[]) order by number`,
)

/** Users in the table `app_user`, as bulk jobs go through them. */
export function sqlUserSelection(connection: Connection): UserSelection {
  return {
    listById: (organisation, ids) => connection.query(LIST_BY_ID, [organisation, ids]),
    listByNumber: (organisation, numbers) => connection.query(LIST_BY_NUMBER, [organisation, numbers]),
    async measure(organisation, filter) {
      const { asked, values } = narrow<{ total: number; lastNumber: number }>(
        organisation,
        filter,
        'count(*)::int as total, coalesce(max(number), 0) as "lastNumber"',
      )
      const [row] = await connection.query(asked, values)
      return row ?? { total: 0, lastNumber: 0 }
    },
    async listNumbers(organisation, filter, { after, upTo, limit }) {
      const { asked, values } = narrow<{ number: number }>(organisation, filter, 'number')
      const [first, second, third] = [1, 2, 3].map((place) => `$${values.length + place}`)
      const text = `${asked.text} and number > ${first} and number <= ${second} order by number limit ${third}`
      return (await connection.query({ ...asked, text }, [...values, after, upTo, limit])).map(({ number }) => number)
    },
  }
}

/** Planned each time: which index is best depends on how many match, and one text for each filter would be prepared for long. */
function narrow<Row>(
  organisation: number,
  filter: UserFilter,
  columns: string,
): { readonly asked: Statement<Row>; readonly values: readonly unknown[] } {
  const { condition, values } = narrowUsers(filter)
  const text = `select ${columns} from app_user where organisation_id = $1${condition}`
  return {
    asked: { name: 'user-selection.narrowed', text, isPlannedEachTime: true },
    values: [organisation, ...values],
  }
}
