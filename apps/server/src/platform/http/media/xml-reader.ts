import type { TSchema } from 'typebox'
import { requestErrors } from '../request-errors.ts'
import { isScalar, type SchemaNode, type Shape, schemaNode, shapeOf } from './schema-shape.ts'
import { readText } from './text-value.ts'
import { parseXml, type XmlElement } from './xml-tree.ts'

type Convert = (element: XmlElement) => unknown

/**
 * Reads XML text into the input that the same request in JSON would give: elements become properties, repeated ones lists, text
 * what the schema asks for. Elements the schema does not know stay, under their names, for validation to report.
 *
 * The function throws AppError `request.malformed_body`.
 */
export function compileXmlReader(schema: TSchema): (text: string) => unknown {
  const node = schemaNode(schema)
  const convert = compileConvert(node)
  const roots = [...(node.xml ? [node.xml.name] : []), ...(node.xmlAliases ?? [])]
  return (text) => {
    const root = parseXml(text)
    if (roots.includes(root.name)) return convert(root)
    const expected = roots.map((name) => `<${name}>`).join(' or ')
    throw requestErrors.malformed_body(`The body's root element must be ${expected}, not <${root.name.slice(0, 60)}>.`)
  }
}

function compileConvert(node: SchemaNode): Convert {
  const shape = shapeOf(node)
  const convert = compileValue(shape)
  // XML has no null of its own.
  return shape.isNullable ? (element) => (isEmpty(element) ? null : convert(element)) : convert
}

function isEmpty({ children, text }: XmlElement): boolean {
  return children.length === 0 && text.trim() === ''
}

function compileValue(shape: Shape): Convert {
  if (shape.kind === 'object') return compileObject(shape.node)
  if (shape.kind === 'array') return compileList(shape.node)
  if (!isScalar(shape.kind)) return convertLoosely
  return (element) => (element.children.length > 0 ? convertLoosely(element) : readText(element.text, shape.kind))
}

/** A list that is a whole document: each child is an entry, whatever it is called. */
function compileList(list: SchemaNode): Convert {
  const convert = compileConvert(list.items ?? {})
  return (element) => element.children.map(convert)
}

interface Property {
  readonly name: string
  readonly isList: boolean
  readonly convert: Convert
}

function compileObject(node: SchemaNode): Convert {
  const properties = propertiesByElement(node)
  const requiredLists = (node.required ?? []).filter((name) => properties.get(name)?.isList)
  return (element) => {
    if (element.text.trim() !== '')
      throw requestErrors.malformed_body(`<${element.name}> must hold elements, not text.`)
    const target = gather(element, properties)
    // A list without entries has no element to show for it.
    for (const name of requiredLists) target[name] ??= []
    return target
  }
}

function propertiesByElement(node: SchemaNode): ReadonlyMap<string, Property> {
  const byElement = new Map<string, Property>()
  for (const [name, schema] of Object.entries(node.properties ?? {})) {
    const shape = shapeOf(schema)
    const isList = shape.kind === 'array'
    const property = { name, isList, convert: compileConvert(isList ? (shape.node.items ?? {}) : schema) }
    for (const alias of [name, ...(shape.node.xmlItemAliases ?? [])]) byElement.set(alias, property)
  }
  return byElement
}

function gather(element: XmlElement, properties: ReadonlyMap<string, Property>): Record<string, unknown> {
  const lists: Record<string, unknown[]> = Object.create(null)
  const target: Record<string, unknown> = Object.create(null)
  for (const child of element.children) {
    const property = properties.get(child.name)
    const name = property?.name ?? child.name
    const value = property ? property.convert(child) : convertLoosely(child)
    const values = lists[name]
    if (values) values.push(value)
    else lists[name] = [value]
    // An element repeated where one is expected stays a list, as it would in JSON: validation says that it must be one.
    target[name] = property?.isList || values ? lists[name] : value
  }
  return target
}

function convertLoosely(element: XmlElement): unknown {
  return element.children.length === 0 ? element.text : gather(element, NO_PROPERTIES)
}

const NO_PROPERTIES: ReadonlyMap<string, Property> = new Map()
