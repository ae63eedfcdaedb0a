import { SaxesParser } from 'saxes'

/** The two formats of the teams interface. */
export const FORMATS = ['json', 'xml'] as const
export type Format = (typeof FORMATS)[number]

export const MEDIA_TYPES: Readonly<Record<Format, string>> = { json: 'application/json', xml: 'application/xml' }

/** What is sent: under the name of its root element, which JSON leaves away (spec/teams.md, "Bodies"). */
export type Body = Readonly<Record<string, unknown>>

/** What came back, the same from either format: XML knows no other leaves than texts. */
export type Content = string | readonly Content[] | { readonly [name: string]: Content | undefined }

/** The text of a body with exactly one root. */
export function renderBody(format: Format, body: Body): string {
  const [root] = Object.entries(body)
  if (!root) throw new TypeError('A body needs a root.')
  return format === 'json' ? JSON.stringify(root[1]) : renderElement(...root)
}

function renderElement(name: string, value: unknown): string {
  if (value === undefined || value === null) return value === null ? `<${name}/>` : ''
  if (Array.isArray(value)) return value.map((item) => renderElement(name, item)).join('')
  const inner =
    typeof value === 'object'
      ? Object.entries(value)
          .map(([field, each]) => renderElement(field, each))
          .join('')
      : escapeText(String(value))
  return `<${name}>${inner}</${name}>`
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Elements that stand for an entry of a list each, however many there are. */
const ENTRIES: ReadonlySet<string> = new Set(['DTOs', 'counts', 'chain', 'teams', 'results'])

/** Reads an answer: leaves as texts, and what may be several always as a list. */
export function readContent(format: Format, text: string): Content | undefined {
  if (text === '') return undefined
  return format === 'json' ? fromJson(JSON.parse(text)) : fromXml(text)
}

function fromJson(value: unknown): Content {
  if (Array.isArray(value)) return value.map(fromJson)
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fromJson(each)]))
}

interface Element {
  readonly name: string
  readonly children: [string, Content][]
  text: string
}

function fromXml(text: string): Content {
  const path: Element[] = [{ name: '', children: [], text: '' }]
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name }) => path.push({ name, children: [], text: '' }))
  parser.on('text', (part) => {
    const element = path.at(-1)
    if (element) element.text += part
  })
  parser.on('closetag', () => {
    const closed = path.pop()
    if (closed) path.at(-1)?.children.push([closed.name, contentOf(closed)])
  })
  parser.write(text).close()
  const [root] = path[0]?.children ?? []
  if (!root) throw new TypeError('The answer holds no XML element.')
  return root[1]
}

function contentOf({ name, children, text }: Element): Content {
  // A page without entries has no element to show for them.
  if (name === 'pagedresultlist') return { DTOs: [], ...gather(children) }
  if (name === 'counts' && children.length === 0) return { counts: [] }
  return children.length === 0 ? text : gather(children)
}

function gather(children: readonly [string, Content][]): { [name: string]: Content } {
  const lists = Map.groupBy(children, ([name]) => name)
  const entries = [...lists].map(([name, group]): [string, Content] => {
    const [first] = group
    return [name, ENTRIES.has(name) || !first ? group.map(([, content]) => content) : first[1]]
  })
  return Object.fromEntries(entries)
}
