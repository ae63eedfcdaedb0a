import type { TSchema } from 'typebox'
import { isScalar, type SchemaNode, schemaNode, shapeOf } from './schema-shape.ts'

type Write = (value: unknown) => string

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
const XSI = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
const ELEMENT_NAME = /^[A-Za-z_][\w.-]*$/

/**
 * XML text of a value, after a schema, in the manner of ACP's documents: properties in the schema's order, lists as repeated
 * elements named after their property, absent and null fields left out, entries with `xsi:type` where the schema names one.
 *
 * @throws Error when the schema has no `xml: { name }` for the root, or a property cannot be an element's name
 */
export function compileXmlWriter(schema: TSchema): Write {
  const node = schemaNode(schema)
  if (node.xml?.name === undefined) {
    throw new Error('A schema that is written as XML needs xml: { name } for its root element.')
  }
  const write = compileElement(node, node.xml.name, usesXsiType(node) ? XSI : '')
  return (value) => DECLARATION + write(value)
}

function compileElement(node: SchemaNode, name: string, attributes: string): Write {
  if (!ELEMENT_NAME.test(name)) throw new Error(`"${name}" cannot be the name of an XML element.`)
  const content = compileContent(node)
  const writeAttributes = compileAttributes(node)
  const [open, close] = [`<${name}${attributes}>`, `</${name}>`]
  if (!writeAttributes) return (value) => open + content(value) + close
  return (value) => {
    const text = content(value)
    const beginning = `<${name}${attributes}${writeAttributes(value)}`
    return text === '' ? `${beginning}/>` : `${beginning}>${text}${close}`
  }
}

/** Undefined where the element has none of the value's. */
function compileAttributes(node: SchemaNode): Write | undefined {
  const names = Object.entries(shapeOf(node).node.properties ?? {}).flatMap(([name, { xml }]) =>
    xml?.attribute ? [name] : [],
  )
  if (names.length === 0) return undefined
  return (value) => {
    const source = value as Readonly<Record<string, unknown>>
    let text = ''
    for (const name of names) {
      const field = source[name]
      if (field !== undefined && field !== null) text += ` ${name}="${escapeAttribute(scalarText(field))}"`
    }
    return text
  }
}

/** As read back: an attribute's line breaks and tabs would become spaces (XML 1.0, 3.3.3). */
function escapeAttribute(escaped: string): string {
  return escaped.replace(/["\t\n]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function compileContent(node: SchemaNode): Write {
  const shape = shapeOf(node)
  if (isScalar(shape.kind)) return scalarText
  if (shape.kind === 'object') return compileFields(shape.node)
  if (shape.kind === 'array') return compileEntries(shape.node, shape.node.items?.xml?.name ?? 'item')
  return looseContent
}

function compileFields(node: SchemaNode): Write {
  const elements = Object.entries(node.properties ?? {}).filter(([, { xml }]) => !xml?.attribute)
  const fields = elements.map(([name, property]) => ({ name, write: compileField(name, property) }))
  return (value) => {
    const source = value as Readonly<Record<string, unknown>>
    let text = ''
    for (const { name, write } of fields) {
      const field = source[name]
      if (field !== undefined && field !== null) text += write(field)
    }
    return text
  }
}

function compileField(name: string, property: SchemaNode): Write {
  const shape = shapeOf(property)
  if (shape.kind !== 'array') return compileElement(property, name, '')
  const { xml, xmlItem = name } = shape.node
  const write = compileEntries(shape.node, xmlItem)
  return xml?.wrapped ? (value) => `<${name}>${write(value)}</${name}>` : write
}

function compileEntries(list: SchemaNode, name: string): Write {
  const items = list.items ?? {}
  const write = compileElement(items, name, items.xsiType ? ` xsi:type="${escapeXml(items.xsiType)}"` : '')
  return (value) => {
    let text = ''
    for (const item of value as Iterable<unknown>) text += write(item)
    return text
  }
}

/** For values no schema describes: maps as JAXB writes them, since their keys need not be names. */
function looseContent(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<item>${looseContent(item)}</item>`).join('')
  if (typeof value !== 'object' || value === null || value instanceof Date) return scalarText(value)
  return Object.entries(value)
    .map(([key, item]) => `<entry><key>${escapeXml(key)}</key><value>${looseContent(item)}</value></entry>`)
    .join('')
}

function scalarText(value: unknown): string {
  if (typeof value === 'string') return escapeXml(value)
  if (value === null || value === undefined) return ''
  return value instanceof Date ? value.toISOString() : escapeXml(String(value))
}

/** What cannot stand in XML 1.0 text as it is; a carriage return would be read back as a line feed. */
const SPECIAL = /[&<>\uFFFE\uFFFF\p{Cs}]|[^\P{Cc}\t\n\u007F-\u009F]/gu
const IS_SPECIAL = new RegExp(SPECIAL.source, 'u')
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' }

/** Text that reads back as itself, but for characters that XML 1.0 cannot hold at all: these become U+FFFD. */
function escapeXml(text: string): string {
  return IS_SPECIAL.test(text) ? text.replace(SPECIAL, (character) => ESCAPES[character] ?? '\uFFFD') : text
}

function usesXsiType(node: SchemaNode): boolean {
  const parts = [...Object.values(node.properties ?? {}), ...(node.anyOf ?? []), ...(node.items ? [node.items] : [])]
  return node.items?.xsiType !== undefined || parts.some(usesXsiType)
}
