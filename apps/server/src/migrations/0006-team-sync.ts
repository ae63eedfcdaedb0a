/** What became of the last synchronisation of a team with its directory, and what users are found by then. */
export const sql = `
create table team_sync (
  team_id uuid primary key references team,
  outcome text not null check (outcome in ('COMPLETED', 'NEEDS_CONFIRMATION', 'FAILED')),
  started_at timestamptz not null,
  finished_at timestamptz not null,
  found int not null,
  added int not null,
  created int not null,
  removed int not null,
  skipped int not null,
  task_id uuid,
  error_code text,
  error_message text
);
create index app_user_of_entry on app_user (ldap_authority, lower(ldap_dn)) where ldap_authority is not null;
`
