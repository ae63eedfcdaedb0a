/**
 * The chain over the audit records. A record is written without waiting for anybody; it queues up in `audit_unsealed` and gets
 * its place and its hash soon after its transaction has committed. Ids are drawn before a commit, so a lower one can come
 * later: what is queued, not what is newest, is what has no seal yet.
 *
 * Lists are newest first, by id, or by time where that is asked for; what they are narrowed by has an index, as cheap to keep as may be: bulk jobs write 100,000
 * records, and each index costs them as much as the table.
 */
export const sql = `
create table audit_seal (
  seq bigint primary key check (seq > 0),
  -- Not a reference: a record that is gone must show as that, and is found by whoever verifies the chain.
  record_id bigint not null unique,
  hash bytea not null check (length(hash) = 32)
);

create table audit_unsealed (
  record_id bigint primary key
);
insert into audit_unsealed select id from audit_record;

-- For each statement, not each row: bulk jobs write 100,000 records in some.
create function queue_for_seal() returns trigger language plpgsql as $$
begin
  insert into audit_unsealed select id from written;
  return null;
end $$;
create trigger audit_record_queue after insert on audit_record
  referencing new table as written for each statement execute function queue_for_seal();

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception '% of % is refused: the audit is append-only', lower(tg_op), tg_table_name
    using errcode = 'restrict_violation';
end $$;
create trigger audit_record_append_only before update or delete or truncate on audit_record
  for each statement execute function refuse_audit_change();
create trigger audit_seal_append_only before update or delete or truncate on audit_seal
  for each statement execute function refuse_audit_change();

create index audit_record_by_time on audit_record (at, id);
create index audit_record_of_actor on audit_record (actor_id, id) where actor_id is not null;
create index audit_record_of_actor_name on audit_record (actor_name, id);
create index audit_record_of_object on audit_record (object_type, object_id, id);
-- Acts are looked up by how they begin, too.
create index audit_record_of_act on audit_record (action collate "C", id);
create index audit_record_of_request on audit_record (request_id) where request_id is not null;
create index audit_record_of_task on audit_record (task_id) where task_id is not null;
`
