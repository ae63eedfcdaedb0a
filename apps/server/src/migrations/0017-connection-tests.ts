/** Who tried login credentials at a data source, for as long as it counts towards what one may try in an hour. */
export const sql = `
create table connection_test (
  user_id uuid not null references app_user on delete cascade,
  at timestamptz not null
);
create index connection_test_of_user on connection_test (user_id, at);
`
