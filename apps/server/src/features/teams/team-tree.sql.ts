import { STILL } from '../../platform/database/version-rows.ts'

/** A `Team`, from its version row. */
export const TEAM_COLUMNS = `team_id as id, name, description, parent_id as "parentTeam",
  ldap_authority as "ldapAuthority", ldap_filter as "ldapFilter"`

/** The CTE `subtree (team_id)`: a team of the head, given as a parameter, and all teams below it. For `with recursive`. */
export const SUBTREE = (team: string): string => `
  subtree as (
    select ${team}::uuid as team_id
    union all
    select version.team_id from subtree join team_version version
    on version.parent_id = subtree.team_id and version.until = ${STILL})`

/** The CTE `chain (team_id)`: a team of the head, given as a parameter, and all teams above it. For `with recursive`. */
export const CHAIN = (team: string): string => `
  chain as (
    select ${team}::uuid as team_id
    union all
    select version.parent_id from chain join team_version version
    on version.team_id = chain.team_id and version.until = ${STILL}
    where version.parent_id is not null)`

/** A query for the teams of the head that a user, given as a parameter, leads, and those below them. */
export const LED_TEAMS = (user: string): string => `
  with recursive led as (
    select team_id from leader_version where user_id = ${user} and until = ${STILL}
    union
    select version.team_id from led join team_version version
    on version.parent_id = led.team_id and version.until = ${STILL})
  select team_id from led`
