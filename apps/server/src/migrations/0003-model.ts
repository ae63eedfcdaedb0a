/**
 * The versioned model (docs/decisions/0003-versioned-model.md). A version row holds from revision `since` until before
 * revision `until`; 9223372036854775807, the largest bigint, means "still". Every read at the head goes through a partial
 * index over those rows alone, so history behind it costs nothing. What is compared or sorted has the collation "C": the
 * same order and the same uniqueness in every database.
 */
export const sql = `
create table organisation_model (
  organisation_id int primary key references organisation,
  head bigint not null default 0,
  enforced bigint not null default 0,
  lineage text not null default left(gen_random_uuid()::text, 8),
  check (enforced <= head)
);
insert into organisation_model (organisation_id) select id from organisation;
create function make_organisation_model() returns trigger language plpgsql as $$
begin
  insert into organisation_model (organisation_id) values (new.id);
  return null;
end $$;
create trigger organisation_has_model after insert on organisation for each row execute function make_organisation_model();

create table task (
  id uuid primary key,
  organisation_id int not null references organisation,
  sequence bigint generated always as identity,
  type text not null,
  state text not null check (state in ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'ABORTED')),
  entity_id uuid,
  revision bigint,
  input jsonb,
  submitted_by uuid,
  submitted_by_name text not null,
  submitted_via text not null,
  submitted_at timestamptz not null,
  finished_at timestamptz,
  error_code text,
  error_message text,
  request_id text,
  dismissed_at timestamptz
);
create unique index task_of_revision on task (organisation_id, revision) where revision is not null;
create index task_waiting on task (organisation_id, sequence) where state = 'PENDING';

create table repository (
  id uuid primary key,
  organisation_id int not null references organisation,
  name text collate "C" not null,
  description text,
  type text not null default 'SVN' check (type in ('SVN')),
  touched_revision bigint not null default 0,
  published_revision bigint not null default 0
);
create unique index repository_name on repository (lower(name));
create index repository_by_name on repository (organisation_id, name);
create index repository_stale on repository (organisation_id) where touched_revision > published_revision;
create index app_user_disabled on app_user (organisation_id) where not enabled;

create table authz_file (
  repository_id uuid primary key references repository,
  revision bigint not null,
  etag text not null,
  content text not null
);

create table team (
  id uuid primary key,
  organisation_id int not null references organisation
);
create table team_version (
  team_id uuid not null references team,
  organisation_id int not null,
  name text collate "C" not null,
  name_key text collate "C" not null,
  description text,
  parent_id uuid references team,
  ldap_authority uuid,
  ldap_filter text,
  since bigint not null,
  until bigint not null default 9223372036854775807,
  primary key (team_id, since)
);
create unique index team_head on team_version (team_id) where until = 9223372036854775807;
create unique index team_head_sibling on team_version
  (organisation_id, coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), name_key)
  where until = 9223372036854775807;
create index team_head_by_name on team_version (organisation_id, name_key, team_id) where until = 9223372036854775807;
create index team_head_by_parent on team_version (parent_id, name_key, team_id) where until = 9223372036854775807;
create index team_closed on team_version (organisation_id, until) where until < 9223372036854775807;

create table membership (
  team_id uuid not null references team,
  user_id uuid not null references app_user,
  username text collate "C" not null,
  since bigint not null,
  until bigint not null default 9223372036854775807,
  primary key (team_id, user_id, since)
);
create unique index membership_head on membership (user_id, team_id) where until = 9223372036854775807;
create index membership_head_by_name on membership (team_id, username, user_id) include (since)
  where until = 9223372036854775807;
create index membership_closed on membership (team_id, until) include (since, username, user_id)
  where until < 9223372036854775807;

create table rule (
  id uuid primary key,
  team_id uuid not null references team
);
create table rule_version (
  rule_id uuid not null references rule,
  team_id uuid not null references team,
  organisation_id int not null,
  name text collate "C" not null,
  name_key text collate "C" not null,
  description text,
  audience text not null check (audience in ('members', 'authenticated', 'everyone')),
  since bigint not null,
  until bigint not null default 9223372036854775807,
  primary key (rule_id, since)
);
create unique index rule_head on rule_version (rule_id) where until = 9223372036854775807;
create unique index rule_head_in_team on rule_version (team_id, name_key) where until = 9223372036854775807;
create index rule_head_by_name on rule_version (organisation_id, name_key, rule_id) where until = 9223372036854775807;
create index rule_closed on rule_version (organisation_id, until) where until < 9223372036854775807;

create table rule_member (
  rule_id uuid not null references rule,
  user_id uuid not null references app_user,
  username text collate "C" not null,
  since bigint not null,
  until bigint not null default 9223372036854775807,
  primary key (rule_id, user_id, since)
);
create unique index rule_member_head on rule_member (user_id, rule_id) where until = 9223372036854775807;
create index rule_member_head_by_name on rule_member (rule_id, username, user_id) include (since)
  where until = 9223372036854775807;
create index rule_member_closed on rule_member (rule_id, until) include (since, username, user_id)
  where until < 9223372036854775807;

create table resource (
  id uuid primary key,
  team_id uuid not null references team,
  repository_id uuid not null references repository,
  path text collate "C" not null
);
create table resource_version (
  resource_id uuid not null references resource,
  team_id uuid not null references team,
  repository_id uuid not null references repository,
  repository_name text collate "C" not null,
  path text collate "C" not null,
  since bigint not null,
  until bigint not null default 9223372036854775807,
  primary key (resource_id, since)
);
create unique index resource_head on resource_version (resource_id) where until = 9223372036854775807;
create unique index resource_head_in_team on resource_version (team_id, repository_name, path)
  where until = 9223372036854775807;
create index resource_closed on resource_version (team_id, until) where until < 9223372036854775807;

create table permission (
  id uuid primary key,
  rule_id uuid not null references rule,
  resource_id uuid not null references resource
);
create table permission_version (
  permission_id uuid not null references permission,
  rule_id uuid not null references rule,
  resource_id uuid not null references resource,
  repository_id uuid not null references repository,
  type text not null check (type in ('READ_WRITE', 'READ', 'NONE')),
  path text collate "C" not null,
  effective_path text collate "C" not null,
  since bigint not null,
  until bigint not null default 9223372036854775807,
  primary key (permission_id, since)
);
create unique index permission_head on permission_version (permission_id) where until = 9223372036854775807;
create unique index permission_head_in_rule on permission_version (rule_id, effective_path, resource_id)
  where until = 9223372036854775807;
create index permission_head_of_resource on permission_version (resource_id) where until = 9223372036854775807;
create index permission_head_in_repository on permission_version (repository_id) where until = 9223372036854775807;
create index permission_closed on permission_version (repository_id, until) where until < 9223372036854775807;
create index permission_closed_in_rule on permission_version (rule_id, until) where until < 9223372036854775807;
`
