/**
 * Client applications (OAuth 2.0 clients, RFC 6749, 2), and which organisations let them in. No row in `permitted_client`:
 * the client is not available to the organisation; a row: available, and permitted or not.
 */
export const sql = `
create table client_application (
  client_id text collate "C" primary key,
  name text collate "C" not null,
  redirect_uris text[] not null default '{}',
  grant_types text[] not null,
  token_endpoint_auth_method text not null
    check (token_endpoint_auth_method in ('none', 'client_secret_basic', 'client_secret_post')),
  -- SHA-256 of a secret of full entropy; public clients have none.
  secret_hash bytea,
  -- Of a client that acts for itself (RFC 6749, 4.4): whose it is, and the user it acts as.
  organisation_id int references organisation,
  user_id uuid unique references app_user,
  enabled boolean not null default true,
  created_at timestamptz not null,
  created_by uuid,
  check ((secret_hash is null) = (token_endpoint_auth_method = 'none')),
  check ((organisation_id is null) = (user_id is null))
);
create index client_application_by_name on client_application (name, client_id);

create table permitted_client (
  organisation_id int not null references organisation on delete cascade,
  client_id text collate "C" not null references client_application on delete cascade,
  is_permitted boolean not null default false,
  primary key (organisation_id, client_id)
);
create index permitted_client_of_client on permitted_client (client_id, organisation_id);

-- Who came with which client: written when tokens are issued.
create table client_use (
  organisation_id int not null references organisation on delete cascade,
  client_id text collate "C" not null references client_application on delete cascade,
  user_id uuid not null references app_user on delete cascade,
  first_used_at timestamptz not null,
  last_used_at timestamptz not null,
  primary key (organisation_id, client_id, user_id)
);
create index client_use_of_client on client_use (client_id);

-- Users stopped at the gate who asked for a client to be permitted; gone once it is decided.
create table client_request (
  organisation_id int not null references organisation on delete cascade,
  client_id text collate "C" not null references client_application on delete cascade,
  user_id uuid not null references app_user on delete cascade,
  reason text,
  requested_at timestamptz not null,
  primary key (organisation_id, client_id, user_id)
);
create index client_request_by_time on client_request (organisation_id, requested_at, client_id, user_id);
create index client_request_of_client on client_request (client_id);
`
