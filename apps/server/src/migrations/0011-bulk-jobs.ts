/**
 * Long work over many things, chunk by chunk. The row of a job is its lock: whoever does a chunk holds it until the chunk,
 * its results and the progress are committed together.
 */
export const sql = `
create table bulk_job (
  id uuid primary key,
  kind text collate "C" not null,
  -- Null for work over all organisations.
  organisation_id int references organisation on delete cascade,
  input jsonb not null,
  -- Whose failed items it does again. Not a reference: that job may be gone before this one.
  retry_of uuid,
  dry_run boolean not null,
  state text not null check (state in ('InProgress', 'Finished', 'Error')),
  -- As counted when it was ordered; corrected when it ends.
  total int not null,
  done int not null default 0,
  changed int not null default 0,
  failed int not null default 0,
  -- The last item that is done: those after it are still to do.
  cursor int not null default 0,
  -- Who ordered it, with the reach they had then. No references: they may be gone by now.
  ordered_by uuid not null,
  ordered_by_name text collate "C" not null,
  ordered_by_role text not null,
  ordered_by_organisation int not null,
  ordered_via text not null,
  request_id text,
  started_at timestamptz not null,
  progressed_at timestamptz not null,
  finished_at timestamptz,
  error_code text,
  error_message text,
  check ((state = 'InProgress') = (finished_at is null)),
  check ((state = 'Error') = (error_code is not null))
) with (fillfactor = 80);
create index bulk_job_of_organisation on bulk_job (organisation_id, started_at, id);
create index bulk_job_in_progress on bulk_job (id) where state = 'InProgress';
create index bulk_job_finished on bulk_job (finished_at) where finished_at is not null;

-- The key is also what keeps a job from doing an item twice.
create table bulk_result (
  job_id uuid not null references bulk_job on delete cascade,
  item_id int not null,
  outcome text not null check (outcome in ('changed', 'unchanged', 'deleted', 'failed')),
  error_code text,
  message text,
  primary key (job_id, item_id),
  check ((outcome = 'failed') = (error_code is not null))
);
create index bulk_result_of_outcome on bulk_result (job_id, outcome, item_id);

-- An organisation has its id before others see it, and one made later may be seen first. Work that goes through all of them by
-- their ids would pass over it for good: so a chunk waits for those that are being made, and new ones for the end of the chunk.
create function await_new_organisations() returns void language plpgsql as $$
begin
  lock table organisation in share mode;
end
$$;
`
