/**
 * Sessions that can be told apart without their token, and remember when their owner last proved who they are; the second
 * factor of those who have one. Its secret is sealed, since codes are computed from it; recovery codes are SHA-256 hashes.
 */
export const sql = `
alter table session
  add column id uuid not null default gen_random_uuid(),
  add column authenticated_at timestamptz,
  add column source text,
  add column user_agent text;
update session set authenticated_at = created_at;
alter table session
  alter column id drop default,
  alter column authenticated_at set not null;
create unique index session_id on session (id);

create table second_factor (
  user_id uuid primary key references app_user on delete cascade,
  sealed_secret text not null,
  enrolled_at timestamptz not null,
  -- Null until the first right code: only then is it asked for at sign-in.
  turned_on_at timestamptz,
  -- The time step of the last code that was accepted (RFC 6238, 4.2); no code of that or an earlier one is, ever again.
  last_step int
);

create table recovery_code (
  user_id uuid not null references second_factor on delete cascade,
  code_hash bytea not null,
  primary key (user_id, code_hash)
);
`
