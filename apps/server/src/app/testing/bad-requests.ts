import { randomBytes, randomUUID } from 'node:crypto'
import type { Body } from './wire-format.ts'

/** A request that must be refused, and how. */
export interface BadRequest {
  /** What is wrong with it. */
  readonly because: string
  readonly operation: string
  readonly body?: Body
  /** Status and error code. */
  readonly problem: string
  /** What the message must name. */
  readonly names: RegExp
}

/** Things that are there to be asked for wrongly. */
export interface Known {
  readonly user: string
  readonly team: string
  readonly resource: string
  readonly rule: string
}

const INVALID = '400 request.invalid'

/** Bodies that are well-formed and yet no good. */
export function badBodies({ team, resource, rule, user }: Known): BadRequest[] {
  const permissions = `POST /api/teams/${team}/rules/${rule}/resourcepermissions`
  return [
    ...badNames(team),
    ...badPaths({ team, resource, rule }),
    ...[`POST /api/teams/${team}/members`, `POST /api/teams/${team}/rules/${rule}/members`].flatMap((operation) => {
      const unknown = randomUUID()
      return [
        refused('an unknown id', operation, { ids: { ids: [user, unknown] } }, '404 user.unknown_ids', RegExp(unknown)),
        refused('a malformed id', operation, { ids: { ids: [user, 'nope'] } }, INVALID, /ids\[1\] must be a UUID$/),
        refused('no ids', operation, { ids: { ids: [] } }, INVALID, /ids/),
      ]
    }),
    refused(
      'an unknown resource',
      permissions,
      { dtolist: { DTOs: [{ ownerResource: randomUUID(), permissionType: 'READ' }] } },
      '404 rule.unknown_resources',
      /ownerResource/,
    ),
    refused(
      'an unknown permission type',
      permissions,
      { dtolist: { DTOs: [{ ownerResource: resource, permissionType: 'WRITE' }] } },
      INVALID,
      /DTOs\[0\]\.permissionType must be one of READ_WRITE, READ, NONE/,
    ),
    refused(
      'a missing field',
      permissions,
      { dtolist: { DTOs: [{ permissionType: 'READ' }] } },
      INVALID,
      /ownerResource/,
    ),
    refused('an unknown field', 'POST /api/teams', { team: { name: 'x', colour: 'red' } }, INVALID, /"colour"/),
    refused('no name', 'POST /api/teams', { team: { description: 'x' } }, INVALID, /name is required/),
    refused('a malformed parent', 'POST /api/teams', { team: { name: 'x', parentTeam: 'y' } }, INVALID, /parentTeam/),
    refused(
      'no such repository',
      `POST /api/teams/${team}/resources`,
      { resource: { repositoryName: 'x' } },
      '400 resource.unknown_repository',
      /repositoryName/,
    ),
    refused('no email address', 'POST /api/users', { user: { username: 'x', email: 'x' } }, INVALID, /email/),
    refused(
      'a short password',
      'POST /api/users',
      { user: { username: 'x', email: 'x@y.z', password: 'x' } },
      INVALID,
      /password/,
    ),
    refused(
      'enabled as a word',
      'POST /api/users',
      { user: { username: 'x', enabled: 'perhaps' } },
      INVALID,
      /enabled/,
    ),
    refused(
      'an unknown audience',
      `POST /api/teams/${team}/rules`,
      { rule: { ruleName: 'x', audience: 'all' } },
      INVALID,
      /audience/,
    ),
  ]
}

function badNames(team: string): BadRequest[] {
  const long = 'x'.repeat(129)
  const names = ['', ' x', 'x ', 'a\tb', 'a\nb', 'a\u0085b', 'a\u2028b', 'a\u200bb', long]
  return [
    ...names.map((name) => named('team', 'POST /api/teams', { team: { name } }, name)),
    ...names.map((ruleName) => named('rule', `POST /api/teams/${team}/rules`, { rule: { ruleName } }, ruleName)),
    ...['', '..', '.', 'a/b', 'a b', 'ü', 'a]', '../x', long].map((name) =>
      named('repository', 'POST /api/repositories', { repository: { name } }, name),
    ),
    ...['', ' x', 'x ', 'a\nb', 'x'.repeat(257)].map((username) =>
      named('user', 'POST /api/users', { user: { username } }, username),
    ),
  ]
}

function named(...[what, operation, body, name]: readonly [string, string, Body, string]): BadRequest {
  const shown = JSON.stringify(name.length > 20 ? `${name.slice(0, 5)}… (${name.length})` : name)
  return { because: `a ${what} named ${shown}`, operation, body, problem: '400', names: /name/i }
}

/** A path of so many bytes that no compression makes much shorter. */
function longPath(bytes: number): string {
  return `/${randomBytes(bytes).toString('base64url').slice(1, bytes)}`
}

function badPaths({ team, resource, rule }: Omit<Known, 'user'>): BadRequest[] {
  const BAD = '400 resource.bad_path'
  const absolute = ['trunk', '/a]', '/a/../b', '/..', '/a/', '//', '/a//b', '/.', '/a/./b', '/a\tb', '']
  const relative = ['a]', '../b', 'a/', 'a//b', './a', '//a', 'a\nb']
  const permissions = `POST /api/teams/${team}/rules/${rule}/resourcepermissions`
  const long = { problem: '400 resource.long_path', names: /path: .*2000 bytes/ }
  return [
    {
      because: 'a resource of more bytes than an index holds',
      operation: `POST /api/teams/${team}/resources`,
      body: { resource: { repositoryName: 'calc', path: longPath(4000) } },
      ...long,
    },
    {
      because: 'a permission on more bytes than an index holds',
      operation: permissions,
      body: { dtolist: { DTOs: [{ ownerResource: resource, permissionType: 'READ', path: longPath(4000) }] } },
      ...long,
    },
    ...absolute.map((path) => ({
      because: `the resource ${JSON.stringify(path)}`,
      operation: `POST /api/teams/${team}/resources`,
      body: { resource: { repositoryName: 'calc', path } },
      problem: BAD,
      names: /path/,
    })),
    ...relative.map((path) => ({
      because: `the permission on ${JSON.stringify(path)}`,
      operation: permissions,
      body: { dtolist: { DTOs: [{ ownerResource: resource, permissionType: 'READ', path }] } },
      problem: BAD,
      names: /path/,
    })),
  ]
}

/** Queries no list can answer. */
export function badQueries(): BadRequest[] {
  return [
    query('a page of 10⁹', 'pageSize=1000000000', /pageSize must be at most 1000/),
    query('a page of none', 'pageSize=0', /pageSize must be at least 1/),
    query('a page of less than none', 'pageSize=-1', /pageSize/),
    query('half an entry', 'pageSize=1.5', /pageSize/),
    query('a page size in words', 'pageSize=many', /pageSize/),
    query('page 0', 'pageNumber=0', /pageNumber/),
    query('a page beyond all', 'pageNumber=99999999999999999999', /pageNumber/),
    query('an unknown parameter', 'colour=red', /"colour"/),
    query(
      'an unknown field',
      'fieldList=name,colour',
      /fieldList.*"colour".*possible here: id, name/,
      '400 list.unknown_field',
    ),
    query('an unknown sort column', 'sortColumn=colour', /sortColumn.*"colour".*name/, '400 list.unknown_field'),
    query('an inherited sort column', 'sortColumn=constructor', /sortColumn/, '400 list.unknown_field'),
    query('an unknown search key', 'searchKeyList=colour&searchValueList=x', /searchKeyList/, '400 list.unknown_field'),
    query(
      'more keys than values',
      'searchKeyList=name,id&searchValueList=a&searchValueList=b&searchValueList=c',
      /searchKeyList and searchValueList/,
      '400 list.unequal_lists',
    ),
    query('values without keys', 'searchValueList=a', /searchKeyList and searchValueList/, '400 list.unequal_lists'),
    query('a flag that is none', 'queryEnforced=perhaps', /queryEnforced/),
    query('a zero character', 'searchKeyList=name&searchValueList=%00', /searchValueList/),
    query('an organisation that is none', 'organisation=x', /organisation/),
  ]
}

type QueryRow = readonly [because: string, text: string, names: RegExp, problem?: string]
type Row = readonly [because: string, operation: string, body: Body, problem: string, names: RegExp]

function query(...[because, text, names, problem = INVALID]: QueryRow): BadRequest {
  return { because, operation: `GET /api/teams?${text}`, problem, names }
}

function refused(...[because, operation, body, problem, names]: Row): BadRequest {
  return { because, operation, body, problem, names }
}
