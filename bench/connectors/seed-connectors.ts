import type { Pool } from '../harness/bench-database.ts'
import { sampleIdSql } from '../harness/sample-id.ts'
import { seedOrganisation, settle } from '../harness/seed-model.ts'
import { secretSql } from './crowd-message.ts'

const CONNECTORS_PER_USER = 3

/** Enabled connectors with the ids 1 to `connectors`, last used long ago. */
export async function seedConnectors(pool: Pool, connectors: number): Promise<void> {
  const users = Math.ceil(connectors / CONNECTORS_PER_USER)
  await seedOrganisation(pool, { organisation: 1, revision: 1, users, teams: 1, membersPerTeam: 1 })
  await pool.query(`
    insert into connector (organisation_id, user_id, client_id, device_name, platform, app_version, secret_hash, state,
                           created_by, created_at, last_used_at, state_changed_at)
    select 1, ${sampleIdSql('user', `1 + n % ${users}`)}, 'bench', 'Device ' || n, 'linux', '1.0',
           sha256(convert_to(${secretSql('n')}, 'UTF8')), 'Enabled', 'registration', now(), now() - interval '1 day', now()
    from generate_series(1, ${connectors}) n`)
  await settle(pool)
}

/** So that the next use of each counts. */
export async function forgetUses(pool: Pool): Promise<void> {
  await pool.query(`update connector set last_used_at = now() - interval '1 day'`)
  await settle(pool)
}

/** Whatever became of them before. */
export async function enableAll(pool: Pool): Promise<void> {
  await pool.query(`update connector set state = 'Enabled', wipe_ordered_at = null where state <> 'Enabled'`)
}
