/**
 * What decisions in memory are kept up by (docs/decisions/0011-decisions-in-memory.md): which teams and rules each revision
 * changed, written by triggers so that no writer can forget, and in which transaction users and repositories last did.
 */
export const sql = `
create table model_change (
  organisation_id int not null references organisation,
  revision bigint not null,
  kind text not null check (kind in ('team', 'rule')),
  entity_id uuid not null,
  primary key (organisation_id, revision, kind, entity_id)
);

-- What the log tells of: changes after this revision.
alter table organisation_model add column changes_known_from bigint not null default 0;
update organisation_model set changes_known_from = head;

create function note_changed_teams() returns trigger language plpgsql as $$
begin
  insert into model_change
  select distinct organisation_id, case when until = 9223372036854775807 then since else until end, 'team', team_id from changed
  on conflict do nothing;
  return null;
end $$;
create trigger team_version_made after insert on team_version
  referencing new table as changed for each statement execute function note_changed_teams();
create trigger team_version_closed after update on team_version
  referencing new table as changed for each statement execute function note_changed_teams();

create function note_changed_rules() returns trigger language plpgsql as $$
begin
  insert into model_change
  select distinct organisation_id, case when until = 9223372036854775807 then since else until end, 'rule', rule_id from changed
  on conflict do nothing;
  return null;
end $$;
create trigger rule_version_made after insert on rule_version
  referencing new table as changed for each statement execute function note_changed_rules();
create trigger rule_version_closed after update on rule_version
  referencing new table as changed for each statement execute function note_changed_rules();

create function note_rules_of_changed() returns trigger language plpgsql as $$
begin
  -- How many rows changed is not known when this is planned: a join would read all rules for the one.
  insert into model_change
  select (select team.organisation_id from rule join team on team.id = rule.team_id where rule.id = changed_rule.rule_id),
         changed_rule.revision, 'rule', changed_rule.rule_id
  from (select distinct rule_id, case when until = 9223372036854775807 then since else until end as revision from changed) changed_rule
  on conflict do nothing;
  return null;
end $$;
create trigger rule_member_made after insert on rule_member
  referencing new table as changed for each statement execute function note_rules_of_changed();
create trigger rule_member_closed after update on rule_member
  referencing new table as changed for each statement execute function note_rules_of_changed();
create trigger permission_version_made after insert on permission_version
  referencing new table as changed for each statement execute function note_rules_of_changed();
create trigger permission_version_closed after update on permission_version
  referencing new table as changed for each statement execute function note_rules_of_changed();

alter table app_user add column changed_in xid8 not null default pg_current_xact_id();
create index app_user_changed on app_user (organisation_id, changed_in);
create function note_changed_user() returns trigger language plpgsql as $$
begin
  new.changed_in := pg_current_xact_id();
  return new;
end $$;
create trigger user_switched_in before update of enabled on app_user
  for each row when (old.enabled is distinct from new.enabled) execute function note_changed_user();

-- Never changed in what decides.
alter table repository add column made_in xid8 not null default pg_current_xact_id();
create index repository_made on repository (organisation_id, made_in);

-- Few of many: who may use every data source.
create index app_user_admins on app_user (organisation_id) where role <> 'user';
`
