import type { Static, TSchema } from 'typebox'
import type { ModelPosition } from '../../kernel/model-state.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { MeantVersions } from '../../kernel/version.ts'

/** In which of the interfaces' manners errors of a route are rendered. */
export type Dialect = 'teams' | 'admin' | 'data-sources' | 'permitted-clients'

/** One request, read and validated after the route's schemas. */
export interface Incoming<Params, Query, Body> {
  readonly params: Params
  /** Without `organisation`, which every signed-in route takes and which `caller.organisation` already follows. */
  readonly query: Query
  readonly body: Body
  /** Who calls; for routes with `access: 'public'` there is none, and asking throws. */
  readonly caller: Principal
  /** Where the model of the caller's organisation stood when they were recognised; asking throws where there is no caller. */
  readonly position: ModelPosition
  readonly requestId: string
  /** The peer's address, for lock-out and audit. */
  readonly source: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly cookies: Readonly<Record<string, string | undefined>>
  /** Aborts when the client goes away or the server drains, so that a handler that waits can stop waiting. */
  readonly signal: AbortSignal
  /** In which the answer will be sent. */
  readonly mediaType: string
  /** For which versions the change is meant (`If-Match`), on changes that are `versioned`; undefined for whichever there is. */
  readonly ifMatch: MeantVersions | undefined
  /** True when the client said (`If-None-Match`) that it holds this version: answer `notModified(tag)`, query nothing. */
  holds(entityTag: string): boolean
}

/** What goes out. `body` is rendered by content negotiation after the schema of its status. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  /**
   * The opaque part of the ETag: whatever changes when the answer would. The server adds quotes and weakness, and turns
   * an answer the client already holds into a 304.
   */
  readonly entityTag?: string
  /**
   * In place of `entityTag`, on routes that are `versioned`: the version of the one thing that is answered, whatever the
   * format. The server makes a strong ETag of it for each format.
   */
  readonly version?: string
  readonly body?: unknown
}

/** The answer to a client that already holds the version `entityTag`. */
export function notModified(entityTag: string): Answer {
  return { status: 304, entityTag }
}

/**
 * One operation of the HTTP surface, declared once: it validates, serialises, documents and tests itself from this.
 * Schemas carry `xml: { name }` for their root element and `xsiType` for list entries (see http/media).
 */
export interface Route<P extends TSchema = TSchema, Q extends TSchema = TSchema, B extends TSchema = TSchema> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With parameters as `{id}`. A trailing slash makes no difference. */
  readonly url: string
  readonly dialect: Dialect
  /** Operation id in OpenAPI and metrics: `listTeams`. */
  readonly name: string
  readonly summary: string
  /** `public` routes are reached without credentials. */
  readonly access: 'public' | 'signed-in'
  /** Who may, in words, for the reference; the use case enforces it. */
  readonly permission: string
  /**
   * JSON alone, or JSON and XML (JSON is what is sent without `Accept`); `huddle` is both under Huddle's own media types, too,
   * of which JSON is sent without `Accept` (XML to who sends XML), and takes no body of any other type; `text` sends `body` as it is with `textType`.
   */
  readonly formats: 'json' | 'json+xml' | 'huddle' | 'text'
  readonly textType?: string
  /** Media types besides, such as `text/csv`, whose text or stream the handler writes itself when `mediaType` is one of them. */
  readonly streams?: readonly string[]
  /** A value that does not fit is a 404: nothing has such an id. */
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  /** True when a request without a body is as good as one with an empty object. */
  readonly bodyOptional?: boolean
  /** In bytes; 1 MiB when absent. */
  readonly bodyLimit?: number
  /** Schema of the body for each success status; `null` when there is none. */
  readonly answers: Readonly<Record<number, { readonly description: string; readonly schema: TSchema | null }>>
  /**
   * Of one thing that has versions. A read answers them as ETags; a change takes `If-Match`, hands it to the use case, which
   * refuses other versions (`requireVersion`).
   */
  readonly versioned?: boolean
  /** Error codes the operation can raise beyond those every route can. */
  readonly errors?: readonly string[]
  handle(incoming: Incoming<Static<P>, Static<Q>, Static<B>>): Promise<Answer>
}

/** Checks a route's handler against its schemas and forgets the difference, so that routes go into one list. */
export function defineRoute<P extends TSchema, Q extends TSchema, B extends TSchema>(route: Route<P, Q, B>): Route {
  return route as unknown as Route
}
