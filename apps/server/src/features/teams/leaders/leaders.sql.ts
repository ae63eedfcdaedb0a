import type { ModelView } from '../../../kernel/model-state.ts'
import type { Connection } from '../../../platform/database/database.ts'
import type { ListSource, PagedLists } from '../../../platform/database/paged-list.ts'
import { statement } from '../../../platform/database/statement.ts'
import { rowsAtHead, rowsAtRevision, STILL } from '../../../platform/database/version-rows.ts'
import { versionedList } from '../../../platform/database/versioned-list.ts'
import { LEADER_FLAGS, type Leader, type LeaderFlag } from './leader.ts'
import { sqlLeaderGrants } from './leader-grants.sql.ts'
import type { LeaderCandidate, LeaderReadModel, LeaderReads, LeaderWrites } from './leader-store.ts'

interface Row extends Omit<Leader, 'flags'> {
  readonly flags: readonly LeaderFlag[]
}

const ROWS = {
  table: 'leader_version',
  columns: 'leader_id as id, team_id as "ownerTeam", user_id as "ownerUser", username, flags',
}
const ONE = { ...ROWS, scope: 'team_id = $1 and user_id = $2' }

const FIND = statement<Row>('leader.find', rowsAtHead(ONE))
const FIND_AT = statement<Row>('leader.find-at', rowsAtRevision(ONE, '$3').join(' union all '))

function toLeader(row: Row): Leader {
  return { ...row, flags: new Set(row.flags) }
}

async function findLeader(
  connection: Connection,
  state: ModelView['state'],
  of: readonly [team: string, user: string],
): Promise<Leader | undefined> {
  const [row] =
    state === 'head' ? await connection.query(FIND, of) : await connection.query(FIND_AT, [...of, state.revision])
  return row && toLeader(row)
}

export function sqlLeaderReads(tx: Connection): LeaderReads {
  return { ...sqlLeaderGrants(tx), findLeader: (...of) => findLeader(tx, 'head', of) }
}

const INSERT = statement(
  'leader.insert',
  `with identity as (insert into leader (id, team_id, user_id) values ($1, $2, $3))
   insert into leader_version (leader_id, team_id, user_id, username, flags, since) values ($1, $2, $3, $4, $5, $6)`,
)

const CLOSE = statement(
  'leader.close',
  `update leader_version set until = $2 where leader_id = $1 and until = ${STILL}`,
)

const REOPEN = statement(
  'leader.reopen',
  'insert into leader_version (leader_id, team_id, user_id, username, flags, since) values ($1, $2, $3, $4, $5, $6)',
)

export function sqlLeaderWrites(tx: Connection, revision: number): LeaderWrites {
  const columns = ({ id, ownerTeam, ownerUser, username, flags }: Leader) => [
    id,
    ownerTeam,
    ownerUser,
    username,
    [...flags],
    revision,
  ]
  return {
    insertLeader: async (leader) => {
      await tx.query(INSERT, columns(leader))
    },
    changeLeader: async (leader) => {
      await tx.query(CLOSE, [leader.id, revision])
      await tx.query(REOPEN, columns(leader))
    },
    removeLeader: async (id) => {
      await tx.query(CLOSE, [id, revision])
    },
  }
}

/** Leaders of teams, in any state of the model. */
export function sqlLeaderReadModel(connection: Connection, lists: PagedLists): LeaderReadModel {
  const list = versionedList<Row>(lists, {
    name: 'leaders',
    rows: { ...ROWS, scope: 'team_id = $1' },
    own: {
      id: 'base.id',
      ownerUser: 'base."ownerUser"',
      username: 'base.username',
      ...Object.fromEntries(LEADER_FLAGS.map((flag) => [flag, `('${flag}' = any(base.flags))`])),
    },
    select: '*',
    tieBreak: 'id',
  })
  return {
    find: (view, ...of) => findLeader(connection, view.state, of),
    list: async (...of) => {
      const { items, total } = await list(...of)
      return { total, items: items.map(toLeader) }
    },
    listAvailable: ({ organisation, state, version }, team, request) =>
      state === 'head'
        ? lists.page(AVAILABLE, { scope: [organisation, team], request, version })
        : lists.page(AVAILABLE_AT, { scope: [organisation, team, state.revision], request, version }),
  }
}

const LEADING = { table: 'leader_version', columns: 'user_id', scope: 'team_id = $2 and user_id = app_user.id' }

/** Users are as they are now; whether they lead is a matter of the state. */
function availableOf(name: string, leading: readonly string[]): ListSource<LeaderCandidate> {
  const none = leading.map((rows) => `not exists (${rows})`).join(' and ')
  return {
    name,
    base: `select $2::uuid as "ownerTeam", id as "ownerUser", username from app_user
      where organisation_id = $1 and enabled and ${none}`,
    own: { ownerUser: 'base."ownerUser"', username: 'base.username' },
    select: '*',
    tieBreak: 'username',
  }
}

const AVAILABLE = availableOf('leader-candidates', [rowsAtHead(LEADING)])
const AVAILABLE_AT = availableOf('leader-candidates-at', rowsAtRevision(LEADING, '$3'))
