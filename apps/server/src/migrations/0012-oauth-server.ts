/**
 * What the OAuth 2.0 authorization server keeps. Whatever a client or a browser shows is looked up by the SHA-256 of it
 * and stands nowhere else. Ids of grants are never shown: they tie together what came of one sign-in, to be revoked together.
 */
export const sql = `
create table oauth_grant (
  id text collate "C" primary key,
  client_id text collate "C" not null references client_application on delete cascade,
  user_id uuid not null references app_user on delete cascade,
  scope text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index oauth_grant_of_client on oauth_grant (client_id);
create index oauth_grant_of_user on oauth_grant (user_id);
create index oauth_grant_expiry on oauth_grant (expires_at);

-- Without foreign keys: each token issued would lock the rows of its client and its user. A token of something that is
-- gone finds nothing to join, and is swept when its minutes are over.
create table oauth_access_token (
  token_hash bytea primary key,
  kind text collate "C" not null check (kind in ('AccessToken', 'ClientCredentials')),
  client_id text collate "C" not null,
  user_id uuid not null,
  grant_id text collate "C",
  scope text,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index oauth_access_token_of_grant on oauth_access_token (grant_id) where grant_id is not null;
create index oauth_access_token_expiry on oauth_access_token (expires_at);

-- Codes, refresh tokens, sessions and interactions, as oidc-provider describes them.
create table oauth_record (
  id_hash bytea not null,
  kind text collate "C" not null,
  payload jsonb not null,
  grant_id text collate "C" references oauth_grant on delete cascade,
  session_uid text collate "C",
  consumed_at timestamptz,
  expires_at timestamptz not null,
  primary key (id_hash, kind)
);
create index oauth_record_of_grant on oauth_record (grant_id) where grant_id is not null;
create index oauth_record_of_session on oauth_record (session_uid) where session_uid is not null;
create index oauth_record_expiry on oauth_record (expires_at);

-- That a user let a client act for them; not asked again for the same.
create table oauth_consent (
  user_id uuid not null references app_user on delete cascade,
  client_id text collate "C" not null references client_application on delete cascade,
  scope text not null,
  given_at timestamptz not null,
  primary key (user_id, client_id)
);
create index oauth_consent_of_client on oauth_consent (client_id);

-- What signs ID tokens and cookies, the same on every node; sealed.
create table oauth_key (
  name text collate "C" primary key,
  sealed text not null
);
`
