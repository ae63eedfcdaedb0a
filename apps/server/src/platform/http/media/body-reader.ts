import type { TSchema } from 'typebox'
import { requestErrors } from '../problems/request-errors.ts'
import { parseJson } from './json-reader.ts'
import { schemaNode } from './schema-shape.ts'
import { compileXmlReader } from './xml-reader.ts'

type BodyType = 'json' | 'xml'

const JSON_TYPE = /^application\/(json|[\w.!#$&^-]+\+json)$/
const XML_TYPE = /^((application|text)\/xml|application\/[\w.!#$&^-]+\+xml)$/
const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i
const PLAIN_TYPE = /^text\/plain\b/i
const OPENS_JSON = /^\s*\{/
const CHARSET = /;\s*charset\s*=\s*"?([^";\s]+)/i
const UTF8 = /^(utf-?8|us-ascii)$/i

/**
 * Reads a body as its content type says; where that says nothing useful (absent, or what curl sends unasked), as its first
 * character does. XML is read where the schema names a root element, plain text where it names the property for that.
 *
 * The function throws AppError `request.malformed_body` or `request.unsupported`.
 */
export function compileBodyReader(schema: TSchema): (bytes: Uint8Array, contentType: string | undefined) => unknown {
  const { htmlForm, plainText } = schemaNode(schema)
  const readsForms = htmlForm === true
  const readXml = schemaNode(schema).xml ? compileXmlReader(schema) : undefined
  return (bytes, contentType = '') => {
    const declared = declaredType(contentType)
    const text = decode(bytes, contentType)
    if (readsForms && FORM_TYPE.test(contentType) && !OPENS_JSON.test(text)) {
      return Object.fromEntries(new URLSearchParams(text))
    }
    const opensWithTag = /^\s*</.test(text)
    const isPlain = PLAIN_TYPE.test(contentType) && !opensWithTag && !OPENS_JSON.test(text)
    if (plainText !== undefined && isPlain) return { [plainText]: text }
    if (declared !== undefined && opensWithTag !== (declared === 'xml')) throw contradiction(contentType, opensWithTag)
    if (!opensWithTag) return parseJson(text)
    if (!readXml) throw requestErrors.unsupported('The body must be JSON (application/json) here.')
    return readXml(text)
  }
}

/** For interfaces that read some types and no others, when a request says which it is; throws `request.unsupported`. */
export function assertContentType(contentType: string | undefined, types: readonly string[]): void {
  if (contentType === undefined || types.includes(essenceOf(contentType))) return
  throw requestErrors.unsupported(`The body cannot be of the type ${contentType}; possible are ${types.join(', ')}.`)
}

function declaredType(contentType: string): BodyType | undefined {
  const mediaType = essenceOf(contentType)
  if (JSON_TYPE.test(mediaType)) return 'json'
  return XML_TYPE.test(mediaType) ? 'xml' : undefined
}

/** Without parameters. */
function essenceOf(contentType: string): string {
  return contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

function decode(bytes: Uint8Array, contentType: string): string {
  const charset = CHARSET.exec(contentType)?.[1]
  if (charset !== undefined && !UTF8.test(charset)) {
    throw requestErrors.unsupported(`The charset ${charset} is not supported; send UTF-8.`)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw requestErrors.malformed_body('The body is not valid UTF-8.')
  }
}

function contradiction(contentType: string, opensWithTag: boolean): Error {
  const found = opensWithTag ? 'looks like XML' : 'is not XML'
  return requestErrors.malformed_body(`The body's content type is ${contentType}, but the body ${found}.`)
}
