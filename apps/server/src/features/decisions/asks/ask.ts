import { dataSourceName, dataSourceNamed } from '../../repositories/index.ts'
import { READ, READ_WRITE, type Right } from '../../rules/index.ts'
import { askErrors } from './ask-errors.ts'

/** Where something is to be done. */
export type Target =
  | { readonly kind: 'repository'; readonly name: string; readonly path: string }
  | { readonly kind: 'data-source'; readonly id: number; readonly path: '/' }

/** Who is asked about. */
export type Subject =
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: 'username'; readonly username: string }
  | { readonly by: 'token'; readonly token: string }

/** A question that makes sense. */
export interface Ask {
  readonly subject: Subject
  readonly target: Target
  readonly needs: Right
  readonly client: string | undefined
  readonly connector: number | undefined
  /** Which of many it is, for errors: `checks[3].`, or nothing. */
  readonly at: string
}

/** A question as it is sent. */
export interface AskFields {
  readonly user?: string
  readonly username?: string
  readonly token?: string
  readonly repository?: string
  readonly dataSource?: number
  readonly path?: string
  readonly permission?: 'READ' | 'READ_WRITE'
  readonly client?: string
  readonly connector?: number
}

export interface AsksSent extends AskFields {
  readonly checks?: readonly AskFields[]
}

const FIELDS_OF_ONE = [
  'user',
  'username',
  'token',
  'repository',
  'dataSource',
  'path',
  'permission',
  'client',
  'connector',
] as const

/** The questions of a request: one, or those of `checks`. */
export function readAsks(sent: AsksSent): Ask[] {
  if (!sent.checks) return [readAsk(sent, '')]
  const field = FIELDS_OF_ONE.find((name) => sent[name] !== undefined)
  if (field !== undefined) throw askErrors.single_or_many(field)
  return sent.checks.map((fields, n) => readAsk(fields, `checks[${n}].`))
}

function readAsk(fields: AskFields, at: string): Ask {
  const { client, connector, permission } = fields
  const subject = readSubject(fields, at)
  if (subject.by === 'token' && (client !== undefined || connector !== undefined)) throw askErrors.token_alone(at)
  return { subject, target: readTarget(fields, at), needs: readNeeds(permission), client, connector, at }
}

export function readNeeds(permission: AskFields['permission']): Right {
  return permission === 'READ_WRITE' ? READ_WRITE : READ
}

function readSubject({ user, username, token }: AskFields, at: string): Subject {
  if ([user, username, token].filter((each) => each !== undefined).length !== 1) throw askErrors.one_subject(at)
  if (user !== undefined) return { by: 'id', id: user }
  return token !== undefined ? { by: 'token', token } : { by: 'username', username: username ?? '' }
}

/** Throws `access_ask.one_target` and what else can be wrong with where a question is about. */
export function readTarget({ repository, dataSource, path = '/' }: AskFields, at: string): Target {
  if (dataSource !== undefined) {
    if (repository !== undefined) throw askErrors.one_target(at)
    if (path !== '/') throw askErrors.whole_data_source(at)
    return { kind: 'data-source', id: dataSource, path }
  }
  if (repository === undefined) throw askErrors.one_target(at)
  const id = dataSourceNamed(repository)
  if (id !== undefined) throw askErrors.data_source_by_name(at, id)
  return { kind: 'repository', name: repository, path: readPath(path, at) }
}

const ODD_PART = /\/(?:\.{1,2})?(?:\/|$)/

/**
 * As the model writes paths. Unlike those of rules it may hold what no authz file can: a repository may have such files, and
 * they are as open as the nearest path above that a rule speaks of.
 */
function readPath(text: string, at: string): string {
  if (text === '/') return text
  const path = text.endsWith('/') ? text.slice(0, -1) : text
  if (!path.startsWith('/') || ODD_PART.test(path)) throw askErrors.bad_path(at)
  return path
}

/** A place as resources name it. */
export interface NamedSpot {
  /** Of a data source: `datasource:<its id>`. */
  readonly repository: string
  readonly path: string
}

export function namedSpot(target: Target): NamedSpot {
  const { path } = target
  return { path, repository: target.kind === 'repository' ? target.name : dataSourceName(target.id) }
}

/** For people: `calc:/trunk`, `data source 7`. */
export function describeTarget(target: Target): string {
  return target.kind === 'repository' ? `${target.name}:${target.path}` : `data source ${target.id}`
}
