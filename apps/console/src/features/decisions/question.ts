import type { AccessCheck, Reached, WhatQuestion, WhoQuestion } from '@portreeve/client'

/** What a question is made of, as text in its form and in the address. A token is none of it: addresses are kept and logged. */
const PLACE = { where: 'repository', repository: '', path: '', dataSource: '', permission: 'READ' }
const MODEL = { state: 'enforced' }

export const CHECK_DEFAULTS = { username: '', ...PLACE, client: '', connector: '', ...MODEL }
export const WHO_DEFAULTS = { ...PLACE, ...MODEL }
export const WHAT_DEFAULTS = { username: '', ...MODEL }

export type CheckFields = typeof CHECK_DEFAULTS
export type WhoFields = typeof WHO_DEFAULTS
export type WhatFields = typeof WHAT_DEFAULTS
type Problems<Fields> = Readonly<Partial<Record<keyof Fields & string, string>>>

/** Errors of the server that are about a field by another name. */
export const CODES = {
  'access_ask.unknown_user': 'username',
  'access_ask.not_yours': 'username',
  'access_ask.one_target': 'repository',
}

const NUMBER = /^[1-9][0-9]{0,8}$/

/** What is wrong with where something is to be done. */
export function problemsOfPlace({ where, repository, dataSource }: WhoFields): Problems<WhoFields> {
  if (where !== 'dataSource') return repository.trim() === '' ? { repository: 'Say which repository.' } : {}
  return NUMBER.test(dataSource.trim()) ? {} : { dataSource: 'Say which data source, by its id: a number.' }
}

export function problemsOfUser({ username }: WhatFields): Problems<WhatFields> {
  return username.trim() === '' ? { username: 'Say who.' } : {}
}

export function problemsOfCheck(fields: CheckFields): Problems<CheckFields> {
  const { connector } = fields
  const isConnector = connector.trim() === '' || NUMBER.test(connector.trim())
  return {
    ...problemsOfUser(fields),
    ...problemsOfPlace(fields),
    ...(!isConnector && { connector: 'A connector is known by its id: a number.' }),
  }
}

/** The question of a form, undefined while it is not whole. */
export function checkOf(fields: CheckFields): (AccessCheck & Pick<WhoQuestion, 'state'>) | undefined {
  if (hasAny(problemsOfCheck(fields))) return undefined
  const { username, client, connector } = fields
  return {
    username,
    ...placeOf(fields),
    ...(client !== '' && { client }),
    ...(connector !== '' && { connector: Number(connector) }),
  }
}

/** The question of a form, undefined while it is not whole. */
export function whoOf(fields: WhoFields): WhoQuestion | undefined {
  return hasAny(problemsOfPlace(fields)) ? undefined : placeOf(fields)
}

/** The question of a form, undefined while it is not whole. */
export function whatOf(fields: WhatFields): WhatQuestion | undefined {
  return hasAny(problemsOfUser(fields)) ? undefined : { username: fields.username, state: stateOf(fields) }
}

/** Asks, about the place of a list's entry, why it is so. */
export function addressOfCheck(
  fields: Partial<CheckFields>,
  { repositoryName, dataSource, path, permission }: Partial<Reached>,
): string {
  const place =
    dataSource === undefined
      ? { ...(repositoryName !== undefined && { repository: repositoryName }), ...(path !== undefined && { path }) }
      : { where: 'dataSource', dataSource: String(dataSource) }
  const asked = { ...fields, ...place, ...(permission === 'READ_WRITE' && { permission }) }
  const told = Object.entries(asked).filter(([name, value]) => value !== CHECK_DEFAULTS[name as keyof CheckFields])
  return `decisions?${new URLSearchParams(told)}`
}

/** For people: `charts:/trunk`, `data source 7`. */
export function describePlace({ where, repository, path, dataSource }: WhoFields): string {
  return where === 'dataSource' ? `data source ${dataSource}` : `${repository}:${path === '' ? '/' : path}`
}

function placeOf(fields: WhoFields): WhoQuestion {
  const { where, repository, path, dataSource, permission } = fields
  const place =
    where === 'dataSource' ? { dataSource: Number(dataSource) } : { repository, ...(path !== '' && { path }) }
  return { ...place, permission: permission === 'READ_WRITE' ? 'READ_WRITE' : 'READ', state: stateOf(fields) }
}

function stateOf({ state }: { readonly state: string }): 'enforced' | 'pending' {
  return state === 'pending' ? 'pending' : 'enforced'
}

function hasAny(problems: object): boolean {
  return Object.keys(problems).length > 0
}
