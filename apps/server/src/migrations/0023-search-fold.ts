/**
 * How searches fold letters: those of every script, not of ASCII alone as columns in "C" do. The same in each database,
 * whatever its locale: Unicode's own lower case, built into PostgreSQL from 17 on, and the ICU library's before that; a server built
 * without it folds ASCII only.
 */
export const sql = `
do $$
begin
  if exists (select from pg_collation where collname = 'pg_c_utf8') then
    create collation search_fold from pg_c_utf8;
  elsif exists (select from pg_collation where collname = 'und-x-icu') then
    create collation search_fold from "und-x-icu";
  else
    create collation search_fold from "C";
  end if;
end $$;

drop index app_user_search;
create index app_user_search on app_user
  using gin (lower(username collate search_fold) gin_trgm_ops, lower(email collate search_fold) gin_trgm_ops,
             lower(display_name collate search_fold) gin_trgm_ops);
`
