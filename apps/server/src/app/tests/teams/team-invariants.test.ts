import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Access } from '@portreeve/svn-authz'
import fc from 'fast-check'
import { askSubversionOnce } from '../../../../../../tools/svn-oracle/ask-subversion.ts'
import { effectiveRight, type PermissionType, type Statement } from '../../../features/rules/index.ts'
import { statement } from '../../../platform/database/statement.ts'
import { STILL } from '../../../platform/database/version-rows.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { propose, type Stage, setStage, someThrows } from '../../testing/random-proposals.ts'

const head = (table: string): string => `(select * from ${table} where until = ${STILL})`

/** Rows of the head that must not be, each with the law that it breaks. */
const BROKEN_LAWS = statement<{ law: string }>(
  'test.broken-laws',
  `select 'a member of a subteam is a member of the team above' as law
   from ${head('membership')} member join ${head('team_version')} team using (team_id)
   where team.parent_id is not null and not exists (
     select from ${head('membership')} above where above.team_id = team.parent_id and above.user_id = member.user_id)
   union all
   select 'a resource of a subteam lies at or below one of the team above'
   from ${head('resource_version')} held join ${head('team_version')} team using (team_id)
   where team.parent_id is not null and not exists (
     select from ${head('resource_version')} above
     where above.team_id = team.parent_id and above.repository_id = held.repository_id
       and (above.path in ('/', held.path) or starts_with(held.path, above.path || '/')))
   union all
   select 'a rule names members of its team'
   from ${head('rule_member')} named join ${head('rule_version')} rule using (rule_id)
   where not exists (
     select from ${head('membership')} member where member.team_id = rule.team_id and member.user_id = named.user_id)
   union all
   select 'a rule speaks of resources of its team'
   from ${head('permission_version')} permission join ${head('rule_version')} rule using (rule_id)
   where not exists (
     select from ${head('resource_version')} held
     where held.resource_id = permission.resource_id and held.team_id = rule.team_id)
   union all
   select 'a team that is gone has nothing'
   from (select team_id from ${head('membership')} m union all select team_id from ${head('resource_version')} r
         union all select team_id from ${head('rule_version')} r union all select team_id from ${head('leader_version')} l) part
   where not exists (select from ${head('team_version')} team where team.team_id = part.team_id)
   union all
   select 'a rule that is gone has nothing'
   from (select rule_id from ${head('rule_member')} m union all select rule_id from ${head('permission_version')} p) part
   where not exists (select from ${head('rule_version')} rule where rule.rule_id = part.rule_id)`,
)

const STATEMENTS = statement<Statement>(
  'test.statements',
  `select permission.effective_path as path, permission.type as "permissionType", rule.audience,
     array(select username from ${head('rule_member')} named where named.rule_id = rule.rule_id) as members
   from ${head('permission_version')} permission join ${head('rule_version')} rule using (rule_id)
   join repository on repository.id = permission.repository_id where repository.name = $1`,
)

const ACCESS: Readonly<Record<PermissionType, Access>> = { NONE: 'no', READ: 'r', READ_WRITE: 'rw' }

/** Asks Subversion about everybody, and works the same out plainly from the rows of the head. */
async function assertFileSays(server: ModelServer, { repository, usernames }: Stage): Promise<void> {
  await server.published()
  const file = await readFile(join(server.authzDir, `${repository}.authz`), 'utf8')
  const rights = { statements: await server.database.query(STATEMENTS, [repository]), disabled: [] }
  const paths = ['/', '/a', '/a/b', '/a/c', '/b', '/b/x']
  const expected = usernames.map((user) => paths.map((path) => ACCESS[effectiveRight(rights, path, user)]))
  assert.deepEqual(askSubversionOnce({ file, repository, users: usernames, paths }), expected)
}

test('whoever proposes what, the laws of teams hold after each proposal, and the file says what the rules say', async (t) => {
  await using server = await startModelServer()
  const statuses = new Map<number, number>()
  let runs = 0
  await fc.assert(
    fc.asyncProperty(someThrows, async (throws) => {
      const stage = await setStage(server, `stage${runs++}`)
      for (const each of throws) {
        const status = await propose(stage, each)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        assert.ok([202, 400, 403, 404].includes(status), `${JSON.stringify(each)}: ${status}`)
        assert.deepEqual(await server.database.query(BROKEN_LAWS), [], JSON.stringify(each))
      }
      await assertFileSays(server, stage)
    }),
    { numRuns: 6, endOnFailure: true },
  )
  t.diagnostic([...statuses].map(([status, times]) => `${status}: ${times}`).join(', '))
  assert.deepEqual([...statuses.keys()].toSorted(), [202, 400, 403, 404])
})
