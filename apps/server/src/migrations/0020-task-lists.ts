/**
 * Lists of tasks, the newest first. Nearly every task is completed, so those in another state have an index to themselves, which
 * costs a change that is done at once nothing.
 */
export const sql = `
create index task_by_time on task (organisation_id, sequence) where dismissed_at is null;
create index task_by_type on task (organisation_id, type, sequence) where dismissed_at is null;
create index task_by_submitter on task (organisation_id, submitted_by, sequence) where dismissed_at is null;
create index task_not_completed on task (organisation_id, state, sequence)
  where state <> 'COMPLETED' and dismissed_at is null;
`
