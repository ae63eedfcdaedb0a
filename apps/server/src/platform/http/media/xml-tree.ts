import { SaxesParser } from 'saxes'
import { requestErrors } from '../problems/request-errors.ts'

export interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: XmlElement[]
  text: string
}

const MAX_DEPTH = 16
const MAX_ELEMENTS = 250_000
const MAX_ATTRIBUTES = 8

const IGNORED_ATTRIBUTE = /^(xmlns(:.*)?|xsi:(type|schemaLocation|noNamespaceSchemaLocation))$/
const UTF8 = /^(utf-?8|us-ascii)$/i

type Parser = SaxesParser<{ forceXMLVersion: true; defaultXMLVersion: '1.0' }>

/**
 * Reads a document into plain elements. What a request never needs is refused at the place where it shows up: document types
 * (and so every entity but XML's own five), processing instructions, many attributes, deep nesting, other encodings.
 *
 * @throws AppError `request.malformed_body`
 */
export function parseXml(text: string): XmlElement {
  const builder = new TreeBuilder()
  const parser: Parser = new SaxesParser({ forceXMLVersion: true, defaultXMLVersion: '1.0' })
  parser.on('error', (error) => refuse(`The body is not well-formed XML: ${error.message}`))
  refuseDangers(parser)
  parser.on('opentagstart', (tag) => builder.open(tag.name))
  parser.on('attribute', ({ name, value }) => builder.addAttribute(name, value))
  parser.on('text', (part) => builder.addText(part))
  parser.on('cdata', (part) => builder.addText(part))
  parser.on('closetag', () => builder.close())
  parser.write(text).close()
  return builder.root()
}

function refuseDangers(parser: Parser): void {
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !UTF8.test(encoding)) refuse(`The XML declares the encoding ${encoding}; send UTF-8.`)
  })
  parser.on('doctype', () => refuse('A document type (DTD) is not allowed in the body.'))
  parser.on('processinginstruction', () => refuse('Processing instructions are not allowed in the body.'))
}

class TreeBuilder {
  readonly #path: XmlElement[] = []
  #root: XmlElement | undefined
  #elements = 0
  /** Of the element that was opened last. */
  #attributes = new Map<string, string>()
  #attributeCount = 0

  open(name: string): void {
    this.#attributes = new Map()
    this.#attributeCount = 0
    const element: XmlElement = { name, attributes: this.#attributes, children: [], text: '' }
    this.#elements += 1
    if (this.#elements > MAX_ELEMENTS) refuse(`The body has more than ${MAX_ELEMENTS} elements.`)
    if (this.#path.length === MAX_DEPTH) refuse(`The body nests elements more than ${MAX_DEPTH} deep.`)
    this.#path.at(-1)?.children.push(element)
    this.#root ??= element
    this.#path.push(element)
  }

  addAttribute(name: string, value: string): void {
    this.#attributeCount += 1
    if (this.#attributeCount > MAX_ATTRIBUTES) {
      refuse(`An element of the body has more than ${MAX_ATTRIBUTES} attributes.`)
    }
    if (!IGNORED_ATTRIBUTE.test(name)) this.#attributes.set(name, value)
  }

  addText(part: string): void {
    const element = this.#path.at(-1)
    if (element) element.text += part
  }

  close(): void {
    const element = this.#path.pop()
    if (element && element.children.length > 0 && element.text.trim() !== '') {
      refuse(`<${element.name.slice(0, 60)}> mixes text and elements.`)
    }
  }

  root(): XmlElement {
    return this.#root ?? refuse('The body holds no XML element.')
  }
}

function refuse(reason: string): never {
  throw requestErrors.malformed_body(reason)
}
