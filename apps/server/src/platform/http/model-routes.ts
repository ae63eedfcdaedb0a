import { ListQuery, pagedResultList, StateQuery, TaskIdAnswer } from '@portreeve/contract'
import { type Static, type TObject, type TSchema, Type } from 'typebox'
import { defineErrors } from '../../kernel/errors.ts'
import type { ModelPosition, ModelView } from '../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../kernel/page.ts'
import { PERMISSION_FLAGS, type Principal } from '../../kernel/principal.ts'
import type { ProposalKind, Submit } from '../../kernel/proposal.ts'
import { basePathOf } from './base-path.ts'
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
  readonly may: (caller: Principal, params: Static<P>) => void | Promise<void>
  readonly entry: Entry
}

/** A read whose caller may see it. */
export interface Look<P extends TSchema> {
  readonly view: ModelView
  readonly params: Static<P>
  readonly caller: Principal
}

export interface ListOperation<P extends TSchema, Entry extends TObject> extends Reading<P, Entry> {
  /** Fields to sort and search by; the first is the default. */
  readonly keys: readonly [string, ...string[]]
  page(look: Look<P> & { readonly request: PageRequest }): Promise<Page<object>>
}

export interface GetOperation<P extends TSchema, Q extends StateQueryShape, Entry extends TSchema>
  extends Reading<P, Entry> {
  /** `StateQuery` with what the operation takes besides. */
  readonly query?: Q
  get(look: Look<P> & { readonly query: Static<Q> }): Promise<object | number>
}

type StateQueryShape = TObject<(typeof StateQuery)['properties']>

export interface ChangeOperation<P extends TSchema, B extends TSchema, Reads, Writes, Input> extends Operation<P> {
  readonly method: 'POST' | 'PUT' | 'DELETE'
  readonly body?: B
  readonly bodyLimit?: number
  readonly kind: ProposalKind<Reads, Writes, Input>
  input(request: Pick<Incoming<Static<P>, unknown, Static<B>>, 'params' | 'body' | 'caller'>): Input | Promise<Input>
}

/**
 * Declares operations on the versioned model, in the manner of the teams interface: a row each, which the parts all of
 * them share are added to (paging, fields, states, entity tags; tasks, `X-entity-id`, `Prefer`).
 */
export interface ModelRoutes<Reads, Writes> {
  list<P extends TSchema, Entry extends TObject>(operation: ListOperation<P, Entry>): Route
  get<P extends TSchema, Q extends StateQueryShape, Entry extends TSchema>(operation: GetOperation<P, Q, Entry>): Route
  change<P extends TSchema, B extends TSchema, Input>(operation: ChangeOperation<P, B, Reads, Writes, Input>): Route
  /** Submits a change for a route that does more than that, and answers its task. */
  propose<Input>(kind: ProposalKind<Reads, Writes, Input>, incoming: Proposer, input: Input): Promise<Answer>
}

/** Whose proposal it is, and how they want it answered. */
type Proposer = Pick<Incoming<unknown, unknown, unknown>, 'caller' | 'requestId' | 'headers'>

export interface ModelRoutesDeps<Reads, Writes> {
  readonly submit: Submit<Reads, Writes>
  /** Where the server is reached: answers tell where their tasks are by its path. */
  readonly baseUrl: string
}

/** How changes are submitted, and below which path their tasks are. */
interface Submitting<Reads, Writes> {
  readonly submit: Submit<Reads, Writes>
  readonly basePath: string
}

export function modelRoutes<Reads, Writes>({
  submit,
  baseUrl,
}: ModelRoutesDeps<Reads, Writes>): ModelRoutes<Reads, Writes> {
  const submitting = { submit, basePath: basePathOf(baseUrl) }
  return {
    list: listRoute,
    get: getRoute,
    change: (operation) => changeRoute(submitting, operation),
    propose: (kind, incoming, input) => propose(submitting, kind, { incoming, input }),
  }
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
      const { query, caller, params } = incoming
      await may(caller, params)
      const request = readPageRequest(query, shape)
      return await answerState(incoming, async (view) => {
        const { items, total } = await page({ view, request, params, caller })
        const { pageNumber, pageSize } = request
        const DTOs = query.fieldList ? items.map((item) => trimFields(item, query.fieldList ?? [])) : items
        return { pageNumber, pageSize, totalResults: total, totalPages: Math.ceil(total / pageSize), DTOs }
      })
    },
  })
}

function getRoute<P extends TSchema, Q extends StateQueryShape, Entry extends TSchema>(
  operation: GetOperation<P, Q, Entry>,
): Route {
  const { may, entry, get, params, query, ...declared } = operation
  return defineRoute<P, StateQueryShape, TSchema>({
    ...COMMON,
    ...declared,
    ...(params && { params }),
    method: 'GET',
    query: query ?? StateQuery,
    answers: { 200: { description: 'The thing itself.', schema: entry } },
    handle: async (incoming) => {
      const { caller, params: of } = incoming
      await may(caller, of)
      // Validated after the schema that it is now said to have.
      const asked = incoming.query as Static<Q>
      return await answerState(incoming, (view) => get({ view, params: of, query: asked, caller }))
    },
  })
}

const stateErrors = defineErrors('state', {
  two_states: {
    kind: 'invalid',
    message: () => 'revision: it names a state of the model, and so does queryEnforced=true; send one of them.',
  },
  beyond_head: {
    kind: 'invalid',
    message: (asked: number, head: number) => `revision: there is no revision ${asked} yet; the model is at ${head}.`,
  },
})

/**
 * Answers a read of the model: a pure function of the revisions, the request and what the caller may see, so those are its
 * entity tag. What somebody leads is part of the model; their permission flags are not.
 */
async function answerState(
  incoming: Incoming<unknown, Static<typeof StateQuery>, unknown>,
  read: (view: ModelView) => Promise<object | number>,
): Promise<Answer> {
  const { organisation, userId, flags } = incoming.caller
  const { head, lineage } = incoming.position
  const revision = revisionAsked(incoming.query, incoming.position)
  const version = revision === head ? `${lineage}.${head}` : `${lineage}.${head}.${revision}`
  const entityTag = `${version}.${userId}.${PERMISSION_FLAGS.map((flag) => Number(flags.has(flag))).join('')}`
  if (incoming.holds(entityTag)) return notModified(entityTag)
  // Where nothing waits to be enforced, both states are the head.
  const state = revision === head ? 'head' : { revision }
  return { status: 200, entityTag, body: await read({ organisation, state, version }) }
}

function revisionAsked(
  { queryEnforced, revision }: Static<typeof StateQuery>,
  { head, enforced }: ModelPosition,
): number {
  if (revision === undefined) return queryEnforced === true ? enforced : head
  if (queryEnforced === true) throw stateErrors.two_states()
  if (revision > head) throw stateErrors.beyond_head(revision, head)
  return revision
}

function changeRoute<P extends TSchema, B extends TSchema, Reads, Writes, Input>(
  submitting: Submitting<Reads, Writes>,
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
    handle: async (incoming) => await propose(submitting, kind, { incoming, input: await input(incoming) }),
  })
}

interface Proposing<Input> {
  readonly incoming: Proposer
  readonly input: Input
}

/** Submits the change and answers its task. */
async function propose<Reads, Writes, Input>(
  { submit, basePath }: Submitting<Reads, Writes>,
  kind: ProposalKind<Reads, Writes, Input>,
  { incoming: { caller, requestId, headers }, input }: Proposing<Input>,
): Promise<Answer> {
  const respondAsync = prefersAsync(headers['prefer'])
  const accepted = await submit(kind, { caller, requestId, respondAsync, input })
  return {
    status: 202,
    headers: {
      location: `${basePath}/api/task/${accepted.taskId}`,
      ...(accepted.entityId && { 'x-entity-id': accepted.entityId }),
      ...(respondAsync && { 'preference-applied': 'respond-async' }),
    },
    body: accepted.taskId,
  }
}

/** Whether the header `Prefer` has the preference `respond-async` (RFC 7240, section 4.1). */
function prefersAsync(prefer: string | undefined): boolean {
  const preferences = prefer?.split(',').map((preference) => preference.split(';')[0]?.trim().toLowerCase())
  return preferences?.includes('respond-async') ?? false
}
