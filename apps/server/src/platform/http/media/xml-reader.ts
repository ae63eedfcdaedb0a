import type { TSchema } from 'typebox'
import { requestErrors } from '../problems/request-errors.ts'
import { isScalar, type Kind, type SchemaNode, type Shape, schemaNode, shapeOf } from './schema-shape.ts'
import { readText } from './text-value.ts'
import { parseXml, type XmlElement } from './xml-tree.ts'

type Convert = (element: XmlElement) => unknown

/**
 * Reads XML text into the input that the same request in JSON would give: elements become properties, repeated ones lists, text
 * what the schema asks for. Elements the schema does not know stay, under their names, for validation to report; attributes
 * are data only where it says so.
 *
 * The function throws AppError `request.malformed_body`.
 */
export function compileXmlReader(schema: TSchema): (text: string) => unknown {
  const node = schemaNode(schema)
  const convert = compileConvert(node)
  const roots = [...(node.xml?.name === undefined ? [] : [node.xml.name]), ...(node.xmlAliases ?? [])]
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

function isEmpty({ attributes, children, text }: XmlElement): boolean {
  return attributes.size === 0 && children.length === 0 && text.trim() === ''
}

function compileValue(shape: Shape): Convert {
  if (shape.kind === 'object') return compileObject(shape.node)
  if (shape.kind === 'array') return compileList(shape.node)
  if (!isScalar(shape.kind)) return convertLoosely
  return (element) => {
    if (element.children.length > 0) return convertLoosely(element)
    refuseAttributes(element)
    return readText(element.text, shape.kind)
  }
}

/** A list that is a whole document: each child is an entry, whatever it is called. */
function compileList(list: SchemaNode): Convert {
  const convert = compileConvert(list.items ?? {})
  return (element) => {
    refuseAttributes(element)
    return element.children.map(convert)
  }
}

interface Property {
  readonly name: string
  readonly isList: boolean
  readonly isWrapped: boolean
  readonly convert: Convert
}

function compileObject(node: SchemaNode): Convert {
  const properties = propertiesByElement(node)
  const attributeKinds = attributesOf(node)
  const requiredLists = (node.required ?? []).filter((name) => {
    const property = node.properties?.[name]
    return property && shapeOf(property).kind === 'array'
  })
  return (element) => {
    if (element.text.trim() !== '')
      throw requestErrors.malformed_body(`<${element.name}> must hold elements, not text.`)
    const misplaced = element.children.find(({ name }) => attributeKinds.has(name))
    if (misplaced) throw requestErrors.malformed_body(`In <${element.name}>, ${misplaced.name} must be an attribute.`)
    const target = gather(element, properties)
    for (const [name, text] of element.attributes) {
      const kind = attributeKinds.get(name)
      if (kind === undefined) throw unknownAttribute(name)
      target[name] = readText(text, kind)
    }
    // A list without entries has no element to show for it.
    for (const name of requiredLists) target[name] ??= []
    return target
  }
}

function attributesOf(node: SchemaNode): ReadonlyMap<string, Kind> {
  const entries = Object.entries(node.properties ?? {}).filter(([, { xml }]) => xml?.attribute)
  return new Map(entries.map(([name, schema]) => [name, shapeOf(schema).kind]))
}

function refuseAttributes({ attributes }: XmlElement): void {
  for (const name of attributes.keys()) throw unknownAttribute(name)
}

function unknownAttribute(name: string): Error {
  return requestErrors.malformed_body(`The attribute "${name.slice(0, 60)}" is not allowed; data belong in elements.`)
}

function propertiesByElement(node: SchemaNode): ReadonlyMap<string, Property> {
  const byElement = new Map<string, Property>()
  for (const [name, schema] of Object.entries(node.properties ?? {})) {
    const shape = shapeOf(schema)
    const isList = shape.kind === 'array'
    const isWrapped = isList && shape.node.xml?.wrapped === true
    const convert = isWrapped ? compileList(shape.node) : compileConvert(isList ? (shape.node.items ?? {}) : schema)
    const property = { name, isList, isWrapped, convert }
    const element = isWrapped ? name : (shape.node.xmlItem ?? name)
    for (const alias of [element, ...(shape.node.xmlItemAliases ?? [])]) byElement.set(alias, property)
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
    const isEntry = property?.isList && !property.isWrapped
    // An element repeated where one is expected stays a list, as it would in JSON: validation says that it must be one.
    target[name] = isEntry || values ? lists[name] : value
  }
  return target
}

function convertLoosely(element: XmlElement): unknown {
  refuseAttributes(element)
  return element.children.length === 0 ? element.text : gather(element, NO_PROPERTIES)
}

const NO_PROPERTIES: ReadonlyMap<string, Property> = new Map()
