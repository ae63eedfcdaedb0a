/**
 * LDAP authorities. The bind password is sealed (AES-256-GCM); there is none without a bind DN, and no bind DN without
 * one. Past versions of teams may name an authority that is gone, so only users refer to it by key.
 */
export const sql = `
create table ldap_authority (
  id uuid primary key,
  organisation_id int not null references organisation,
  name text collate "C" not null,
  name_key text collate "C" not null,
  url text collate "C" not null,
  start_tls boolean not null,
  ca_certificate text,
  bind_dn text,
  bind_password text,
  user_base text collate "C" not null,
  user_filter text not null,
  group_base text,
  username_attribute text not null,
  email_attribute text not null,
  display_name_attribute text not null,
  page_size int not null check (page_size > 0),
  timeout_ms int not null check (timeout_ms > 0),
  check ((bind_dn is null) = (bind_password is null))
);
create unique index ldap_authority_name on ldap_authority (organisation_id, name_key);

-- Not valid: what users were said to belong to before there were authorities stays as it is.
alter table app_user add constraint app_user_ldap_authority
  foreign key (ldap_authority) references ldap_authority not valid;
create index team_head_of_authority on team_version (ldap_authority)
  where ldap_authority is not null and until = 9223372036854775807;
-- Sign-in by email, of those whose password is kept in a directory. Two may have the same address; then neither can.
create index app_user_directory_sign_in on app_user (lower(email))
  where password_hash is null and ldap_authority is not null and ldap_dn is not null;
`
