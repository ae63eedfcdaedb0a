/**
 * Leaders, batched updates, settings, and what histories are read by. How far files have to be generated is counted apart
 * from revisions (`due_edition`): an account that is disabled is cut off at once, in files of whatever revision.
 */
export const sql = `
create table organisation_setting (
  organisation_id int primary key references organisation,
  enforcement_schedule text,
  next_enforcement_at timestamptz,
  local_users boolean not null default true,
  directory_sync_schedule text,
  next_directory_sync_at timestamptz,
  directory_removal_share int not null default 20 check (directory_removal_share between 0 and 100)
);
create index organisation_setting_enforcement_due on organisation_setting (next_enforcement_at)
  where next_enforcement_at is not null;
create index organisation_setting_sync_due on organisation_setting (next_directory_sync_at)
  where next_directory_sync_at is not null;

-- In the row that is locked for a turn: who waited for the lock must not go by what held when they began to wait.
alter table organisation_model
  add column target bigint not null default 0,
  add column batched_updates boolean not null default false;
update organisation_model set target = head;
alter table organisation_model add check (enforced <= target and target <= head);

alter table repository
  add column due_edition bigint not null default 0,
  add column published_edition bigint not null default 0;
update repository set due_edition = 1 where touched_revision > published_revision;
drop index repository_stale;
alter table repository drop column touched_revision, drop column published_revision;
create index repository_stale on repository (organisation_id) where due_edition > published_edition;

create table batched_touch (
  organisation_id int not null references organisation,
  revision bigint not null,
  repository_id uuid not null references repository,
  primary key (organisation_id, revision, repository_id)
);

alter table task
  add column at_once boolean not null default false,
  add column summary text,
  add column warnings jsonb;

create table leader (
  id uuid primary key,
  team_id uuid not null references team,
  user_id uuid not null references app_user
);
create table leader_version (
  leader_id uuid not null references leader,
  team_id uuid not null references team,
  user_id uuid not null references app_user,
  username text collate "C" not null,
  flags text[] not null,
  since bigint not null,
  until bigint not null default 9223372036854775807,
  primary key (leader_id, since)
);
create unique index leader_head on leader_version (leader_id) where until = 9223372036854775807;
create unique index leader_head_of_user on leader_version (user_id, team_id) where until = 9223372036854775807;
create index leader_head_by_name on leader_version (team_id, username, user_id) include (since)
  where until = 9223372036854775807;
create index leader_closed on leader_version (team_id, until) where until < 9223372036854775807;
create index leader_closed_of_user on leader_version (user_id, until) where until < 9223372036854775807;

create index rule_head_open_to_more on rule_version (organisation_id, rule_id)
  where audience <> 'members' and until = 9223372036854775807;
create index rule_closed_open_to_more on rule_version (organisation_id, until)
  where audience <> 'members' and until < 9223372036854775807;
create index rule_closed_in_team on rule_version (team_id, until) where until < 9223372036854775807;
create index membership_closed_of_user on membership (user_id, until) where until < 9223372036854775807;
create index rule_member_closed_of_user on rule_member (user_id, until) where until < 9223372036854775807;

drop index permission_head_in_repository;
create index permission_head_in_repository on permission_version (repository_id, effective_path)
  where until = 9223372036854775807;
`
