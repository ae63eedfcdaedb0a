import { Readable } from 'node:stream'
import type { TSchema } from 'typebox'
import { HUDDLE_JSON, HUDDLE_OFFERS, HUDDLE_XML } from '../media/huddle-types.ts'
import { compileJsonWriter } from '../media/json-writer.ts'
import { schemaNode, shapeOf } from '../media/schema-shape.ts'
import { compileXmlWriter } from '../media/xml-writer.ts'
import type { Answer, Route } from '../route.ts'

export type Payload = string | Uint8Array | Readable

/** What a route can answer with, and how. */
export interface AnswerWriter {
  /** Media types, the one for clients that do not care first. */
  readonly offers: readonly string[]
  /** The body as it goes over the wire; undefined when the answer has none. Throws Error when the route never declared it. */
  write(answer: Answer, mediaType: string): Payload | undefined
}

type Write = (body: unknown) => Payload

const PLAIN_TEXT = 'text/plain'
const JSON_TYPES = ['application/json', HUDDLE_JSON]
const XML_TYPES = ['application/xml', 'text/xml', HUDDLE_XML]

export function compileAnswerWriter(route: Route): AnswerWriter {
  const offers = listOffers(route)
  const writers = new Map<number, ReadonlyMap<string, Write>>()
  for (const [status, { schema }] of Object.entries(route.answers)) {
    writers.set(Number(status), schema ? compileWriters(schema, route, offers) : new Map())
  }
  return {
    offers,
    write: ({ status, body }, mediaType) => {
      const byType = writers.get(status)
      if (!byType) throw new Error(`${route.name} answered ${status}, which it does not declare.`)
      const write = byType.get(mediaType)
      return write && body !== undefined ? write(body) : undefined
    },
  }
}

/** Every success body's types. An answer that is a bare string can be had as plain text (ACP's task ids). */
function listOffers(route: Route): readonly string[] {
  if (route.formats === 'text') return [route.textType ?? PLAIN_TEXT]
  if (route.formats === 'json') return ['application/json', ...(route.streams ?? [])]
  if (route.formats === 'huddle') return HUDDLE_OFFERS
  const isText = Object.values(route.answers).some(({ schema }) => schema && isStringSchema(schema))
  return ['application/json', 'application/xml', ...(isText ? [PLAIN_TEXT] : []), 'text/xml', ...(route.streams ?? [])]
}

function compileWriters(schema: TSchema, route: Route, offers: readonly string[]): ReadonlyMap<string, Write> {
  if (route.formats === 'text') return new Map(offers.map((offer) => [offer, asPayload]))
  const writeJson = compileJsonWriter(schema)
  const writers = new Map<string, Write>(JSON_TYPES.map((type) => [type, writeJson]))
  for (const type of route.streams ?? []) writers.set(type, asPayload)
  if (route.formats === 'json') return writers
  const writeXml = compileXmlWriter(schema)
  for (const type of XML_TYPES) writers.set(type, writeXml)
  if (isStringSchema(schema)) writers.set(PLAIN_TEXT, String)
  return writers
}

function isStringSchema(schema: TSchema): boolean {
  return shapeOf(schemaNode(schema)).kind === 'string'
}

function asPayload(body: unknown): Payload {
  return body instanceof Uint8Array || body instanceof Readable ? body : String(body)
}
