/**
 * Users as items of bulk jobs, which go through theirs by numbers that only grow; ids of users are random. A result says whom such a
 * number stands for.
 */
export const sql = `
alter table app_user add column number int generated always as identity;
create unique index app_user_number on app_user (organisation_id, number);
alter table bulk_result add column entity_id uuid, add column entity_name text;
`
