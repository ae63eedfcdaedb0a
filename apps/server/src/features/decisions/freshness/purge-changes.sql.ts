import type { Database } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'

// Whose log is longer than this by a good deal: a model that is further behind is read from nothing, which costs no more.
const LOOK_BACK = 10_000
const LONGER_BY = 1000
const FORGET = statement(
  'decisions.forget-changes',
  `with shorter as (
     update organisation_model set changes_known_from = enforced - ${LOOK_BACK}
     where enforced - ${LOOK_BACK + LONGER_BY} > changes_known_from
     returning organisation_id, changes_known_from)
   delete from model_change using shorter
   where model_change.organisation_id = shorter.organisation_id and model_change.revision <= shorter.changes_known_from`,
)

/** Forgets what of the log of changes no node needs any more. */
export async function purgeModelChanges(database: Database): Promise<void> {
  await database.query(FORGET)
}
