import type { ModelView } from '../../../kernel/model-state.ts'
import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { rowsAtHead, rowsAtRevision, type VersionRows } from '../../../platform/database/version-rows.ts'
import { forEachScope, nameScope } from '../rule-scope.sql.ts'
import type { RuleCounts, RuleScope } from '../rule-store.ts'

type RowsOf = (rows: VersionRows) => string

const atRevision: RowsOf = (rows) => rowsAtRevision(rows, '$2').join(' union all ')

function countsOf(rowsOf: RowsOf, scope: string): string {
  const ofRule = (table: string, columns: string) => rowsOf({ table, columns, scope: 'rule_id = rule.id' })
  return `select rule.id,
      (select count(*) from (${ofRule('rule_member', 'user_id')}) named) as users,
      (select count(distinct resource_id) from (${ofRule('permission_version', 'resource_id')}) permission) as resources
    from (${rowsOf({ table: 'rule_version', columns: 'rule_id as id, name_key', scope })}) rule
    order by rule.name_key, rule.id`
}

// Apart, so that counts of a few rules are of these alone however many there are in the scope.
const COUNT = forEachScope((name, scope) => {
  const few = (ids: string) => `${scope} and rule_id = any(${ids}::uuid[])`
  return {
    head: {
      all: statement<RuleCounts>(`rule.count-${name}`, countsOf(rowsAtHead, scope)),
      few: statement<RuleCounts>(`rule.count-few-${name}`, countsOf(rowsAtHead, few('$2'))),
    },
    past: {
      all: statement<RuleCounts>(`rule.count-${name}-at`, countsOf(atRevision, scope)),
      few: statement<RuleCounts>(`rule.count-few-${name}-at`, countsOf(atRevision, few('$3'))),
    },
  }
})

const COUNT_ALL = forEachScope((name, scope) => {
  const rows: VersionRows = { table: 'rule_version', columns: 'rule_id', scope }
  const total = (rowsOf: RowsOf) => `select count(*) as total from (${rowsOf(rows)}) rule`
  return {
    head: statement<{ total: number }>(`rule.count-all-${name}`, total(rowsAtHead)),
    past: statement<{ total: number }>(`rule.count-all-${name}-at`, total(atRevision)),
  }
})

/** What belongs to rules of the scope, or to those of `ids` among them. */
export async function countRuleParts(
  connection: Connection,
  view: ModelView,
  { scope, ids }: { readonly scope: RuleScope; readonly ids: readonly string[] | undefined },
): Promise<readonly RuleCounts[]> {
  const [name, value] = nameScope(view, scope)
  const { head, past } = COUNT[name]
  const { all, few } = view.state === 'head' ? head : past
  const values = view.state === 'head' ? [value] : [value, view.state.revision]
  return ids ? await connection.query(few, [...values, ids]) : await connection.query(all, values)
}

/** How many rules are in the scope. */
export async function countAllRules(connection: Connection, view: ModelView, scope: RuleScope): Promise<number> {
  const [name, value] = nameScope(view, scope)
  const { head, past } = COUNT_ALL[name]
  const [row] =
    view.state === 'head'
      ? await connection.query(head, [value])
      : await connection.query(past, [value, view.state.revision])
  return row?.total ?? 0
}
