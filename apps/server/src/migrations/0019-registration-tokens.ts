/** Initial access tokens (RFC 7591, 3), which were records of the library's until now: listed, counted, and taken back. */
export const sql = `
create table oauth_registration_token (
  id uuid primary key,
  token_hash bytea not null unique,
  -- How many apps have registered with it, and how many may; null: as many as come before it expires.
  uses int not null default 0,
  most_uses int check (most_uses > 0),
  created_by uuid references app_user on delete set null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index oauth_registration_token_by_time on oauth_registration_token (created_at, id);
create index oauth_registration_token_by_creator on oauth_registration_token (created_by);
create index oauth_registration_token_expiry on oauth_registration_token (expires_at);

insert into oauth_registration_token (id, token_hash, created_at, expires_at)
select (payload->>'id')::uuid, id_hash, to_timestamp((payload->>'iat')::bigint), expires_at
from oauth_record where kind = 'InitialAccessToken';
delete from oauth_record where kind = 'InitialAccessToken';
`
