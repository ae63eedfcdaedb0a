/** Sessions, personal access tokens, lock-out and the one-time set-up code. Secrets are kept as SHA-256 hashes only. */
export const sql = `
create table session (
  token_hash bytea primary key,
  user_id uuid not null references app_user on delete cascade,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_of_user on session (user_id);

create table access_token (
  id uuid primary key,
  user_id uuid not null references app_user on delete cascade,
  name text collate "C" not null,
  token_hash bytea not null unique,
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz,
  unique (user_id, name)
);

create table sign_in_failure (
  key text collate "C" primary key,
  failures int not null,
  last_failed_at timestamptz not null,
  locked_until timestamptz
);

create table setup_code (
  code_hash bytea primary key,
  expires_at timestamptz not null
);
`
