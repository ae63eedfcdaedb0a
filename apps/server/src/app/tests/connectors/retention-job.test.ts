import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { statement } from '../../../platform/database/statement.ts'
import { CRONTAB } from '../../jobs.ts'
import { startWholeServer } from '../../testing/whole-server.ts'

const ADD_UNUSED = statement(
  'test.add-unused-connectors',
  `with owner as (insert into app_user (id, organisation_id, username) values ($1, 1, 'ann') returning id)
   insert into connector (organisation_id, user_id, client_id, device_name, platform, app_version, secret_hash, state,
                          created_by, created_at, state_changed_at, wipe_ordered_at)
   select 1, id, 'app', 'phone', 'os', '1', state::bytea, state, 'registration', before, before, before
   from owner, unnest('{Enabled,Wipe}'::text[]) as state, (select now() - interval '91 days' as before) as past`,
)
const ADD_JOB = statement('test.add-daily-job', `select from graphile_worker.add_job($1)`)
const JOBS = statement<{ jobs: number }>(
  'test.daily-jobs-left',
  'select count(*)::int as jobs from graphile_worker._private_jobs',
)
const STATES = statement<{ state: string }>('test.states-left', 'select state from connector')

test('unused registrations are swept by a job that runs once a day', async () => {
  const [, job = ''] = /^\d+ \d+ \* \* \* (.*connectors)$/m.exec(CRONTAB) ?? []
  await using server = await startWholeServer()
  await server.database.query(ADD_UNUSED, [randomUUID()])
  await server.database.query(ADD_JOB, [job])
  // Ends only with the test's own time-out if it is never done.
  while ((await server.database.query(JOBS))[0]?.jobs !== 0) await delay(20)
  assert.deepEqual(await server.database.query(STATES), [{ state: 'Wipe' }])
})
