/**
 * Teams hand out data sources as they hand out repositories: one that a resource names is known to the model as a repository
 * of the type DATASOURCE, called `datasource:<id>` (no Subversion repository can be called so). No file is made from it.
 */
export const sql = `
alter table repository drop constraint repository_type_check;
alter table repository
  add constraint repository_type check (type in ('SVN', 'DATASOURCE')),
  add column data_source_id int unique references data_source on delete set null,
  add constraint repository_of_data_source check (type = 'DATASOURCE' or data_source_id is null),
  add constraint repository_has_file check (type = 'SVN' or due_edition = 0);

-- Which teams hand out a data source.
create index resource_head_of_data_source on resource_version (repository_name)
  where until = 9223372036854775807 and repository_name like 'datasource:%';
`
