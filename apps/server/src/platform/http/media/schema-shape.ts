import type { TSchema } from 'typebox'

/** The JSON Schema keywords that the codecs read, ours among them. */
export interface SchemaNode {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly SchemaNode[]
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly required?: readonly string[]
  readonly items?: SchemaNode
  readonly format?: string
  readonly description?: string
  readonly default?: unknown
  /** OpenAPI's `xml` object. */
  readonly xml?: XmlNode
  /** Other root element names that are read as well. */
  readonly xmlAliases?: readonly string[]
  /** On a list: other element names that are read as its entries. */
  readonly xmlItemAliases?: readonly string[]
  /** On a list: the element of each entry, where these are not called as the list is. */
  readonly xmlItem?: string
  /** On the schema of a list's entries: their `xsi:type`. */
  readonly xsiType?: string
  /** On a list in the query: `a,b` is two values. */
  readonly commaSeparated?: boolean
  /** On a body of texts: HTML forms are read, too. */
  readonly htmlForm?: boolean
  /** On a body: a `text/plain` body is the value of this property alone. */
  readonly plainText?: string
  /** What a text must be, in words, for `pattern` and `format` failures: `name must be <expected>`. */
  readonly expected?: string
  /** On a text whose case does not matter: it is read as if it had been sent in lower case. */
  readonly lowerCase?: boolean
}

export interface XmlNode {
  /** The element's name where this schema is the root of a document. */
  readonly name?: string
  /** On a property: an attribute of the element that the object is. */
  readonly attribute?: boolean
  /** On a list: its entries are in an element of their own, which is called as the list is. */
  readonly wrapped?: boolean
}

/** Our keywords on top of JSON Schema, for validators that insist on knowing every one. */
export const OUR_KEYWORDS = [
  'xml',
  'xmlAliases',
  'xmlItemAliases',
  'xmlItem',
  'xsiType',
  'commaSeparated',
  'htmlForm',
  'plainText',
  'expected',
  'lowerCase',
] as const

/** `any` is whatever the codecs carry without looking inside: maps, unknowns, unions of different things. */
export type Kind = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'any'

/** What a schema comes down to for a codec. */
export interface Shape {
  readonly kind: Kind
  /** The schema of the value when it is not null. */
  readonly node: SchemaNode
  readonly isNullable: boolean
}

/** A TypeBox schema seen as the JSON Schema that it is. */
export function schemaNode(schema: TSchema): SchemaNode {
  return schema as SchemaNode
}

/** Sees through unions with null and unions of constants. */
export function shapeOf(node: SchemaNode): Shape {
  if ('allOf' in node)
    throw new Error('Codecs do not read allOf (Type.Intersect): spread the properties into one object.')
  if (!node.anyOf) return plainShape(node)
  const variants = node.anyOf.map(shapeOf)
  const values = variants.filter((variant) => variant.node.type !== 'null')
  const isNullable = values.length < variants.length || values.some((variant) => variant.isNullable)
  const [first] = values
  if (first && values.length === 1) return { ...first, isNullable }
  const isOneScalar = first && isScalar(first.kind) && values.every((variant) => variant.kind === first.kind)
  return { kind: isOneScalar ? first.kind : 'any', node, isNullable }
}

export function isScalar(kind: Kind): boolean {
  return kind === 'string' || kind === 'integer' || kind === 'number' || kind === 'boolean'
}

function plainShape(node: SchemaNode): Shape {
  const types = typeof node.type === 'string' ? [node.type] : (node.type ?? typesOf(node))
  const kinds = types.filter((type) => type !== 'null')
  return { kind: kinds.length === 1 ? kindOf(kinds[0], node) : 'any', node, isNullable: kinds.length < types.length }
}

function typesOf(node: SchemaNode): readonly string[] {
  const values = node.enum ?? ('const' in node ? [node.const] : [])
  return [...new Set(values.map((value) => (value === null ? 'null' : typeof value)))]
}

function kindOf(type: string | undefined, node: SchemaNode): Kind {
  if (type === 'object') return node.properties ? 'object' : 'any'
  if (type === 'array') return node.items ? 'array' : 'any'
  return type === 'string' || type === 'integer' || type === 'number' || type === 'boolean' ? type : 'any'
}
