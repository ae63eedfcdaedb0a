import { parseId } from '../../../kernel/ids.ts'
import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { Candidate, PeopleReads } from './person.ts'

/** A person's name, of the user of that alias. */
export const personName = (user: string): string => `coalesce(${user}.display_name, ${user}.username)`

const FIND = statement<Candidate>(
  'people.find-candidates',
  `select id, username, display_name as "displayName", ${personName('app_user')} as name
   from app_user
   where organisation_id = $1
     and (id = any($2::uuid[]) or username = any($3::text[]) or lower(display_name) = any($4::text[]))`,
)

/** People in the table `app_user`. */
export function sqlPeopleReads(connection: Connection): PeopleReads {
  return {
    async findCandidates(organisation, wanted) {
      const ids = wanted.map((word) => parseId(word)).filter((id) => id !== undefined)
      const names = wanted.map((word) => asciiLower(word))
      return connection.query(FIND, [organisation, ids, wanted, names])
    },
  }
}

/** As the database's lower() does in the collation "C". */
function asciiLower(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
}
