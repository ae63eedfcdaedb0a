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

export interface ListOperation<P extends TSchema, Q extends ListQueryShape, Entry extends TObject>
  extends Reading<P, Entry> {
  /** Fields to sort and search by; the first is the default. */
  readonly keys: readonly [string, ...string[]]
  /** `ListQuery` with what the operation takes besides. */
  readonly query?: Q
  /** False where the answer depends on more than the state of the model: then it has no entity tag. */
  isOfState?(query: Static<Q>): boolean
  page(look: Look<P> & { readonly request: PageRequest; readonly query: Static<Q> }): Promise<Page<object>>
}

type ListQueryShape = TObject<(typeof ListQuery)['properties']>

export interface GetOperation<P extends TSchema, Q extends StateQueryShape, Entry extends TSchema, Found>
  extends Reading<P, Entry> {
  /** `StateQuery` with what the operation takes besides. */
  readonly query?: Q
  get(look: Look<P> & { readonly query: Static<Q> }): Promise<Found>
  /** Of one thing that is changed as a whole: its version, by which a change tells which one it was made for. */
  readonly versionOf?: (found: Found) => string
}

type StateQueryShape = TObject<(typeof StateQuery)['properties']>

type ChangeRequest<P extends TSchema, B extends TSchema> = Pick<
  Incoming<Static<P>, unknown, Static<B>>,
  'params' | 'body' | 'caller' | 'ifMatch'
>

export interface ChangeOperation<P extends TSchema, B extends TSchema, Reads, Writes, Input> extends Operation<P> {
  readonly method: 'POST' | 'PUT' | 'DELETE'
  readonly body?: B
  readonly bodyLimit?: number
  readonly kind: ProposalKind<Reads, Writes, Input>
  /** True when `If-Match` is taken: the input brings `ifMatch`, and the kind asks `requireVersion`. */
  readonly versioned?: boolean
  input(request: ChangeRequest<P, B>): Input | Promise<Input>
}

/**
 * Declares operations on the versioned model, in the manner of the teams interface: a row each, which the parts all of
 * them share are added to (paging, fields, states, entity tags; tasks, `X-entity-id`, `Prefer`).
 */
export interface ModelRoutes<Reads, Writes> {
  list<P extends TSchema, Q extends ListQueryShape, Entry extends TObject>(operation: ListOperation<P, Q, Entry>): Route
  get<P extends TSchema, Q extends StateQueryShape, Entry extends TSchema, Found extends object | number>(
    operation: GetOperation<P, Q, Entry, Found>,
  ): Route
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

function listRoute<P extends TSchema, Q extends ListQueryShape, Entry extends TObject>(
  operation: ListOperation<P, Q, Entry>,
): Route {
  const {
    may,
    entry,
    keys,
    isOfState = () => true,
    page,
    params,
    query: queryShape = ListQuery,
    ...declared
  } = operation
  const shape = { fields: Object.keys(entry.properties), keys, defaultSort: keys[0] }
  return defineRoute<P, ListQueryShape, TSchema>({
    ...COMMON,
    ...declared,
    ...(params && { params }),
    method: 'GET',
    query: queryShape,
    answers: { 200: { description: 'A page of the list.', schema: pagedResultList(entry) } },
    handle: async (incoming) => {
      const { query, caller, params } = incoming
      await may(caller, params)
      const request = readPageRequest(query, shape)
      // Validated after the schema that it is now said to have.
      const asked = query as Static<Q>
      const read = async (view: ModelView) => {
        const { items, total } = await page({ view, request, params, caller, query: asked })
        const { pageNumber, pageSize } = request
        const DTOs = query.fieldList ? items.map((item) => trimFields(item, query.fieldList ?? [])) : items
        return { pageNumber, pageSize, totalResults: total, totalPages: Math.ceil(total / pageSize), DTOs }
      }
      if (!isOfState(asked)) return { status: 200, body: await read(viewAsked(incoming)) }
      return await answerState(incoming, read)
    },
  })
}

function getRoute<P extends TSchema, Q extends StateQueryShape, Entry extends TSchema, Found extends object | number>(
  operation: GetOperation<P, Q, Entry, Found>,
): Route {
  const { may, entry, get, versionOf, params, query, ...declared } = operation
  return defineRoute<P, StateQueryShape, TSchema>({
    ...COMMON,
    ...declared,
    ...(params && { params }),
    ...(versionOf && { versioned: true }),
    method: 'GET',
    query: query ?? StateQuery,
    answers: { 200: { description: 'The thing itself.', schema: entry } },
    handle: async (incoming) => {
      const { caller, params: of } = incoming
      await may(caller, of)
      // Validated after the schema that it is now said to have.
      const asked = incoming.query as Static<Q>
      const read = (view: ModelView) => get({ view, params: of, query: asked, caller })
      return await (versionOf ? answerVersion(incoming, read, versionOf) : answerState(incoming, read))
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

type StateReading = Incoming<unknown, Static<typeof StateQuery>, unknown>

/**
 * Answers a read of the model: a pure function of the revisions, the request and what the caller may see, so those are its
 * entity tag. What somebody leads is part of the model; their permission flags are not.
 */
async function answerState(
  incoming: StateReading,
  read: (view: ModelView) => Promise<object | number>,
): Promise<Answer> {
  const { userId, flags } = incoming.caller
  const view = viewAsked(incoming)
  const entityTag = `${view.version}.${userId}.${PERMISSION_FLAGS.map((flag) => Number(flags.has(flag))).join('')}`
  if (incoming.holds(entityTag)) return notModified(entityTag)
  return { status: 200, entityTag, body: await read(view) }
}

/** Answers one thing, whose own version is its entity tag: it holds through changes of the model that are none of it. */
async function answerVersion<Found>(
  incoming: StateReading,
  read: (view: ModelView) => Promise<Found>,
  versionOf: (found: Found) => string,
): Promise<Answer> {
  const found = await read(viewAsked(incoming))
  return { status: 200, version: versionOf(found), body: found }
}

function viewAsked({ caller: { organisation }, query, position }: StateReading): ModelView {
  const { head, lineage } = position
  const revision = revisionAsked(query, position)
  // Where nothing waits to be enforced, both states are the head.
  if (revision === head) return { organisation, state: 'head', version: `${lineage}.${head}` }
  return { organisation, state: { revision }, version: `${lineage}.${head}.${revision}` }
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
