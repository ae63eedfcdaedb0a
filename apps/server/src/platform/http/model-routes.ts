import { ListQuery, pagedResultList, StateQuery, TaskIdAnswer } from '@portreeve/contract'
import { type Static, type TObject, type TSchema, Type } from 'typebox'
import type { ModelView } from '../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { ProposalKind, Submit } from '../../kernel/proposal.ts'
import { readPageRequest, trimFields } from './list-request.ts'
import { type Answer, defineRoute, type Incoming, notModified, type Route } from './route.ts'

/** What every operation on the model declares. */
interface Operation<P extends TSchema> {
  readonly name: string
  readonly url: string
  readonly summary: string
  readonly permission: string
  readonly params?: P
  readonly errors?: readonly string[]
}

interface Reading<P extends TSchema, Entry extends TSchema> extends Operation<P> {
  /** Throws unless the caller may see it. */
  readonly may: (caller: Principal) => void
  readonly entry: Entry
}

export interface ListOperation<P extends TSchema, Entry extends TObject> extends Reading<P, Entry> {
  /** Fields to sort and search by; the first is the default. */
  readonly keys: readonly [string, ...string[]]
  page(view: ModelView, request: PageRequest, params: Static<P>): Promise<Page<object>>
}

export interface GetOperation<P extends TSchema, Entry extends TSchema> extends Reading<P, Entry> {
  get(view: ModelView, params: Static<P>): Promise<object>
}

export interface ChangeOperation<P extends TSchema, B extends TSchema, Reads, Writes, Input> extends Operation<P> {
  readonly method: 'POST' | 'PUT' | 'DELETE'
  readonly body?: B
  readonly bodyLimit?: number
  readonly kind: ProposalKind<Reads, Writes, Input>
  input(request: { readonly params: Static<P>; readonly body: Static<B> }): Input | Promise<Input>
}

/**
 * Declares operations on the versioned model, in the manner of the teams interface: a row each, which the parts all of
 * them share are added to (paging, fields, states, entity tags; tasks, `X-entity-id`, `Prefer`).
 */
export interface ModelRoutes<Reads, Writes> {
  list<P extends TSchema, Entry extends TObject>(operation: ListOperation<P, Entry>): Route
  get<P extends TSchema, Entry extends TSchema>(operation: GetOperation<P, Entry>): Route
  change<P extends TSchema, B extends TSchema, Input>(operation: ChangeOperation<P, B, Reads, Writes, Input>): Route
}

export function modelRoutes<Reads, Writes>(submit: Submit<Reads, Writes>): ModelRoutes<Reads, Writes> {
  return { list: listRoute, get: getRoute, change: (operation) => changeRoute(submit, operation) }
}

const COMMON = { dialect: 'teams', access: 'signed-in', formats: 'json+xml' } as const

function listRoute<P extends TSchema, Entry extends TObject>(operation: ListOperation<P, Entry>): Route {
  const { may, entry, keys, page, params, ...declared } = operation
  const shape = { fields: Object.keys(entry.properties), keys, defaultSort: keys[0] }
  return defineRoute<P, typeof ListQuery, TSchema>({
    ...COMMON,
    ...declared,
    ...(params && { params }),
    method: 'GET',
    query: ListQuery,
    answers: { 200: { description: 'A page of the list.', schema: pagedResultList(entry) } },
    handle: async (incoming) => {
      const { query, caller } = incoming
      may(caller)
      const request = readPageRequest(query, shape)
      return await answerState(incoming, async (view) => {
        const { items, total } = await page(view, request, incoming.params)
        const { pageNumber, pageSize } = request
        const DTOs = query.fieldList ? items.map((item) => trimFields(item, query.fieldList ?? [])) : items
        return { pageNumber, pageSize, totalResults: total, totalPages: Math.ceil(total / pageSize), DTOs }
      })
    },
  })
}

function getRoute<P extends TSchema, Entry extends TSchema>(operation: GetOperation<P, Entry>): Route {
  const { may, entry, get, params, ...declared } = operation
  return defineRoute<P, typeof StateQuery, TSchema>({
    ...COMMON,
    ...declared,
    ...(params && { params }),
    method: 'GET',
    query: StateQuery,
    answers: { 200: { description: 'The thing itself.', schema: entry } },
    handle: async (incoming) => {
      may(incoming.caller)
      return await answerState(incoming, (view) => get(view, incoming.params))
    },
  })
}

/** Answers a read of the model: a pure function of the revisions and the request, so those are its entity tag. */
async function answerState(
  incoming: Incoming<unknown, Static<typeof StateQuery>, unknown>,
  read: (view: ModelView) => Promise<object>,
): Promise<Answer> {
  const { organisation } = incoming.caller
  const { head, enforced, lineage } = incoming.position
  // Where nothing waits to be enforced, both states are the head.
  const past = incoming.query.queryEnforced === true && enforced !== head
  const version = past ? `${lineage}.${head}.${enforced}` : `${lineage}.${head}`
  if (incoming.holds(version)) return notModified(version)
  const state = past ? { revision: enforced } : 'head'
  return { status: 200, entityTag: version, body: await read({ organisation, state, version }) }
}

function changeRoute<P extends TSchema, B extends TSchema, Reads, Writes, Input>(
  submit: Submit<Reads, Writes>,
  { kind, input, params, body, ...declared }: ChangeOperation<P, B, Reads, Writes, Input>,
): Route {
  return defineRoute<P, TSchema, B>({
    ...COMMON,
    ...declared,
    ...(params && { params }),
    ...(body && { body }),
    query: Type.Object({}, { additionalProperties: false }),
    answers: {
      202: {
        description: kind.creates
          ? 'Taken in; the body is the id of its task, X-entity-id the id of what it makes.'
          : 'Taken in; the body is the id of its task.',
        schema: TaskIdAnswer,
      },
    },
    handle: async (incoming) => {
      const respondAsync = prefersAsync(incoming.headers['prefer'])
      const { caller, requestId } = incoming
      const accepted = await submit(kind, { caller, requestId, respondAsync, input: await input(incoming) })
      return {
        status: 202,
        headers: {
          location: `/api/task/${accepted.taskId}`,
          ...(accepted.entityId && { 'x-entity-id': accepted.entityId }),
          ...(respondAsync && { 'preference-applied': 'respond-async' }),
        },
        body: accepted.taskId,
      }
    },
  })
}

/** Whether the header `Prefer` has the preference `respond-async` (RFC 7240, section 4.1). */
function prefersAsync(prefer: string | undefined): boolean {
  const preferences = prefer?.split(',').map((preference) => preference.split(';')[0]?.trim().toLowerCase())
  return preferences?.includes('respond-async') ?? false
}
