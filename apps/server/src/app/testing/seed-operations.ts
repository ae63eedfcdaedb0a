/** What an operation answers in XML: the name of the root element. */
export type AnswerElement =
  | 'pagedresultlist'
  | 'team'
  | 'counts'
  | 'count'
  | 'rule'
  | 'teamadminpermission'
  | 'testConnectionResult'
  | 'task'

/** One operation, as the original documents it. */
export interface SeedOperation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly answers: AnswerElement
  /** The root element of the request body, where there is one. */
  readonly takes?: 'team' | 'rule' | 'resource' | 'user' | 'ids' | 'dtolist' | 'teamadminpermission'
  /** The column that its list is sorted by unless asked otherwise. */
  readonly sortedBy?: string
}

const TEAMS = '/api/teams'
const TEAM = `${TEAMS}/{team_id}`
const LEADER = `${TEAM}/leaders/{user_id}`
const MEMBER = `${TEAM}/members/{user_id}`
const RULE = `${TEAM}/rules/{rule_id}`

function list(path: string, sortedBy: string): SeedOperation {
  return { method: 'GET', path, answers: 'pagedresultlist', sortedBy }
}

function get(path: string, answers: AnswerElement): SeedOperation {
  return { method: 'GET', path, answers }
}

function change(method: 'POST' | 'PUT' | 'DELETE', path: string, takes?: SeedOperation['takes']): SeedOperation {
  return { method, path, answers: 'task', ...(takes && { takes }) }
}

/** The operations of ACP's `TeamResource`, in the order of its document. */
export const SEED_OPERATIONS: readonly SeedOperation[] = [
  list(TEAMS, 'name'),
  change('POST', TEAMS, 'team'),
  get(`${TEAMS}/counts`, 'counts'),
  list(`${TEAMS}/rules`, 'ruleName'),
  get(`${TEAMS}/{id}`, 'team'),
  change('PUT', `${TEAMS}/{id}`, 'team'),
  change('DELETE', `${TEAMS}/{id}`),
  get(`${TEAMS}/rules/counts`, 'counts'),
  list(`${TEAM}/leaders`, 'ownerUser'),
  change('POST', `${TEAM}/members`, 'ids'),
  list(`${TEAM}/members`, 'username'),
  list(`${TEAM}/resources`, 'repositoryName'),
  change('POST', `${TEAM}/resources`, 'resource'),
  change('POST', `${TEAM}/rules`, 'rule'),
  list(`${TEAM}/rules`, 'ruleName'),
  list(`${TEAM}/subteams`, 'name'),
  change('POST', `${TEAM}/subteams`, 'team'),
  get(`${TEAMS}/rules/counts/all`, 'count'),
  list(`${TEAM}/leaders/available`, 'username'),
  change('POST', LEADER, 'teamadminpermission'),
  get(LEADER, 'teamadminpermission'),
  change('DELETE', LEADER),
  change('PUT', LEADER, 'teamadminpermission'),
  list(`${TEAM}/members/available`, 'id'),
  get(`${TEAM}/members/counts`, 'counts'),
  change('POST', `${TEAM}/members/delete`, 'ids'),
  change('POST', `${TEAM}/members/new`, 'user'),
  change('POST', MEMBER),
  change('DELETE', MEMBER),
  list(`${TEAM}/resources/available`, 'repositoryName'),
  change('POST', `${TEAM}/resources/delete`, 'ids'),
  get(`${TEAM}/rules/counts`, 'counts'),
  get(RULE, 'rule'),
  change('DELETE', RULE),
  change('PUT', RULE, 'rule'),
  { method: 'POST', path: `${TEAM}/testConnection/{ldap_authority_id}`, answers: 'testConnectionResult' },
  change('POST', `${RULE}/members`, 'ids'),
  list(`${RULE}/members`, 'username'),
  change('POST', `${RULE}/resourcepermissions`, 'dtolist'),
  list(`${RULE}/resourcepermissions`, 'path'),
  change('PUT', `${RULE}/resourcepermissions`, 'dtolist'),
  list(`${RULE}/members/available`, 'username'),
  change('POST', `${RULE}/members/delete`, 'ids'),
  change('POST', `${RULE}/resourcepermissions/delete`, 'ids'),
]
