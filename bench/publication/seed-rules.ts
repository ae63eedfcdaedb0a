import type { Pool } from '../harness/bench-database.ts'
import { sampleIdSql } from '../harness/sample-id.ts'
import { type SampleSize, seedOrganisation, settle } from '../harness/seed-model.ts'

export interface RuleSize extends SampleSize {
  /** As many as teams: each team's one rule speaks of a path in `paths` of them. */
  readonly repositories: number
  /** In each repository, each another team's. */
  readonly paths: number
}

/** Besides teams: repositories with paths, and for each team a rule that names its members on a path in several of them. */
export async function seedRules(pool: Pool, size: RuleSize): Promise<void> {
  const { organisation, revision, repositories, paths, teams } = size
  await seedOrganisation(pool, size)
  // Team and repository are matched so that every path of every repository is spoken of once, each by another team.
  const spots = `generate_series(1, ${teams}) team, generate_series(1, ${paths}) path,
    lateral (select 1 + (team + path * 97) % ${repositories} as repository, (team - 1) * ${paths} + path as spot) place`
  const [team, rule] = [sampleIdSql('team', 'team'), sampleIdSql('rule', 'team')]
  const [resource, permission] = [sampleIdSql('resource', 'spot'), sampleIdSql('permission', 'spot')]
  const repository = sampleIdSql('repository', 'repository')
  const path = `'/project-' || path`
  await pool.query(`
    insert into repository (id, organisation_id, name)
      select ${sampleIdSql('repository', 'n')}, ${organisation}, 'repository-' || n from generate_series(1, ${repositories}) n;
    insert into rule (id, team_id) select ${rule}, ${team} from generate_series(1, ${teams}) team;
    insert into rule_version (rule_id, team_id, organisation_id, name, name_key, audience, since)
      select ${rule}, ${team}, ${organisation}, 'Members', 'members', 'members', ${revision}
      from generate_series(1, ${teams}) team;
    insert into rule_member (rule_id, user_id, username, since)
      select ${sampleIdSql('rule', 'team')}, user_id, username, ${revision}
      from generate_series(1, ${teams}) team join membership on membership.team_id = ${team};
    insert into resource (id, team_id, repository_id, path) select ${resource}, ${team}, ${repository}, ${path} from ${spots};
    insert into resource_version (resource_id, team_id, repository_id, repository_name, path, since)
      select ${resource}, ${team}, ${repository}, 'repository-' || repository, ${path}, ${revision} from ${spots};
    insert into permission (id, rule_id, resource_id) select ${permission}, ${rule}, ${resource} from ${spots};
    insert into permission_version
      (permission_id, rule_id, resource_id, repository_id, type, path, effective_path, since)
      select ${permission}, ${rule}, ${resource}, ${repository},
        case when path % 3 = 0 then 'READ' else 'READ_WRITE' end, '', ${path}, ${revision} from ${spots};
  `)
  await settle(pool)
}

/** As before anything was ever published. */
export async function forgetPublication(pool: Pool, revision: number): Promise<void> {
  await pool.query(`
    delete from authz_file;
    update repository set due_edition = 1, published_edition = 0;
    update organisation_model set head = ${revision}, target = ${revision}, enforced = 0 where organisation_id = 1;
  `)
  await pool.query('vacuum analyze authz_file, repository, organisation_model')
}
