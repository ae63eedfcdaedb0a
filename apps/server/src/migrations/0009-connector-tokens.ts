/**
 * What clients of connectors show and are sent: access tokens and confirmation codes, as SHA-256 hashes. Registrations under
 * an address that nobody has are kept, so that they look to their maker as any other does. The channel
 * `connector` also tells of users and organisations that are enabled or disabled; nothing after it means any connector.
 */
export const sql = `
create table connector_token (
  token_hash bytea primary key,
  connector_id int not null references connector on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index connector_token_of_connector on connector_token (connector_id);
create index connector_token_expiry on connector_token (expires_at);

create table confirmation_code (
  code_hash bytea primary key,
  connector_id int not null references connector on delete cascade,
  expires_at timestamptz not null
);
create index confirmation_code_of_connector on confirmation_code (connector_id);

-- Its id comes from the connectors' own sequence.
create table unclaimed_registration (
  secret_hash bytea primary key,
  id int not null unique,
  created_at timestamptz not null
);

create table registration_count (
  key text collate "C" primary key,
  registrations int not null,
  since timestamptz not null
);

-- Clients name a user without naming the organisation.
create index app_user_username on app_user (username);
create index app_user_address on app_user (lower(email));

create function tell_of_users_connectors() returns trigger language plpgsql as $$
begin
  perform pg_notify('connector', connector.id::text) from connector where connector.user_id = new.id;
  return null;
end $$;
create trigger user_switched after update of enabled on app_user
  for each row when (old.enabled is distinct from new.enabled) execute function tell_of_users_connectors();

create function tell_of_all_connectors() returns trigger language plpgsql as $$
begin
  perform pg_notify('connector', '');
  return null;
end $$;
create trigger organisation_switched after update of enabled on organisation
  for each row when (old.enabled is distinct from new.enabled) execute function tell_of_all_connectors();
`
