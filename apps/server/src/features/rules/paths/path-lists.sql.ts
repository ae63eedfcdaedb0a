import type { ModelView } from '../../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../../kernel/page.ts'
import type { ListSource, PagedLists } from '../../../platform/database/paged-list.ts'
import {
  holdsAtHead,
  holdsAtRevision,
  rowsAtHead,
  rowsAtRevision,
  type VersionRows,
} from '../../../platform/database/version-rows.ts'
import type { PathReadModel, PlacedStatement, SpokenPath } from './path-read-model.ts'

const SAID: VersionRows = {
  table: 'permission_version',
  columns: 'permission_id as id, type as "permissionType", rule_id, effective_path as path',
  scope: 'repository_id = $1::uuid and effective_path = any($2::text[])',
}

const STATEMENTS = {
  own: { path: 'base.path' },
  select: `base.id, base.path, base."permissionType", rule.audience, rule.rule_id as "ruleId", rule.name as "ruleName",
    team.team_id as "teamId", team.name as "teamName"`,
  tieBreak: 'id',
} as const

function joinOwners(holds: (alias: string) => string): string {
  return `join rule_version rule on rule.rule_id = base.rule_id and ${holds('rule')}
    join team_version team on team.team_id = rule.team_id and ${holds('team')}`
}

const STATEMENTS_NOW: ListSource<PlacedStatement> = {
  ...STATEMENTS,
  name: 'statements-at',
  base: rowsAtHead(SAID),
  join: joinOwners(holdsAtHead),
}
const STATEMENTS_THEN: ListSource<PlacedStatement> = {
  ...STATEMENTS,
  name: 'statements-at-revision',
  base: rowsAtRevision(SAID, '$3'),
  join: joinOwners((alias) => holdsAtRevision(alias, '$3')),
}

/** `$2` is the path with a slash at its end, `$3` what comes after all that begins with it (`0` follows `/` in ASCII). */
const BELOW: VersionRows = {
  table: 'permission_version',
  columns: `split_part(substr(effective_path, length($2::text) + 1), '/', 1) as name`,
  scope: 'repository_id = $1::uuid and effective_path > $2::text and effective_path < $3::text',
}

const PATHS = {
  own: { name: 'base.name' },
  select: 'base.*',
  tieBreak: 'path',
} as const

function grouped(rows: string): string {
  return `select name, $2::text || name as path, count(*)::int as statements from (${rows}) said group by name`
}

const PATHS_NOW: ListSource<SpokenPath> = { ...PATHS, name: 'spoken-paths', base: grouped(rowsAtHead(BELOW)) }
const PATHS_THEN: ListSource<SpokenPath> = {
  ...PATHS,
  name: 'spoken-paths-revision',
  base: grouped(rowsAtRevision(BELOW, '$4').join(' union all ')),
}

/** Statements in the table `permission_version`, by the path that they come to. */
export function sqlPathReadModel(lists: PagedLists): PathReadModel {
  return {
    listStatements: (view, { repository, paths }, page) =>
      inState(lists, view, {
        sources: [STATEMENTS_NOW, STATEMENTS_THEN],
        scope: [repository, paths],
        // A path is longer than those above it, and in this order after them.
        request: { ...page, sort: { field: 'path', ascending: false }, search: [] },
      }),
    listBelow: (view, { repository, path }, page) => {
      const prefix = path === '/' ? path : `${path}/`
      return inState(lists, view, {
        sources: [PATHS_NOW, PATHS_THEN],
        scope: [repository, prefix, `${prefix.slice(0, -1)}0`],
        request: { ...page, sort: { field: 'name', ascending: true }, search: [] },
      })
    },
  }
}

interface StatefulList<Row> {
  /** At the head, and at the revision in the parameter after the scope. */
  readonly sources: readonly [ListSource<Row>, ListSource<Row>]
  readonly scope: readonly unknown[]
  readonly request: PageRequest
}

function inState<Row>(
  lists: PagedLists,
  { state, version }: ModelView,
  { sources: [now, then], scope, request }: StatefulList<Row>,
): Promise<Page<Row>> {
  return state === 'head'
    ? lists.page(now, { scope, request, version })
    : lists.page(then, { scope: [...scope, state.revision], request, version })
}
