import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { SaxesParser } from 'saxes'
import { statement } from '../../../platform/database/statement.ts'
import { BASE_URL, type CompanyScene, call, linkTo, startCompanyScene } from '../../testing/company-scene.ts'
import { HUDDLE_SAMPLES, readSample, type SampleMessage } from '../../testing/huddle-samples.ts'

const CLEAR = statement('test.clear-sample-clients', 'delete from client_application')

let scene: CompanyScene
let token: string
let mac: string
let office: string
before(async () => {
  scene = await startCompanyScene()
  const { text } = await call(scene.callers.root, 'POST /api/tokens', { name: 'samples' }, 'application/json')
  token = JSON.parse(text).token
})
after(() => scene[Symbol.asyncDispose]())
beforeEach(async () => {
  await scene.server.database.query(CLEAR)
  mac = await scene.addClient('Huddle for Mac', 'permitted')
  office = await scene.addClient('Huddle for Office', 'permitted')
})

for (const sample of HUDDLE_SAMPLES) {
  test(`answers as the original does: ${sample.name}`, async () => {
    const expected = readSample(sample.response)
    const answer = await send(await fillIn(sample.request))
    const [, status] = expected.startLine.split(' ')
    assert.equal(String(answer.status), status)
    const { 'content-type': type = null, link } = expected.headers
    assert.equal(answer.headers.get('content-type'), type)
    if (link !== undefined) assert.match(answer.headers.get('link') ?? '', likeText(link))
    const text = await answer.text()
    if (expected.body === undefined) assert.equal(text, '')
    else if (type?.endsWith('xml')) assertXmlLike(parseTree(expected.body), parseTree(text))
    else assertJsonLike(JSON.parse(expected.body), JSON.parse(text))
  })
}

test('says the same in JSON and in XML', async () => {
  const inJson = await send(await fillIn('GET /people/companies/:id/clients HTTP/1.1\nAccept: application/json'))
  const inXml = await send(await fillIn('GET /people/companies/:id/clients HTTP/1.1\nAccept: application/xml'))
  const { links, clients } = (await inJson.json()) as Content
  const root = parseTree(await inXml.text())
  const linksOf = (tree: Tree | undefined) => tree?.children[0]?.children.map(({ attributes }) => attributes)
  assert.deepEqual(linksOf(root), links)
  const [, ...entries] = root.children
  assert.deepEqual(
    entries.map((entry) => ({ links: linksOf(entry), ...textsOf(entry.children.slice(1, 4)) })),
    clients.map(({ links: own, name, isPermitted, isPublic }) => ({
      links: own,
      ...{ name, isPermitted: String(isPermitted), isPublic: String(isPublic) },
    })),
  )
})

interface Content {
  readonly links: readonly object[]
  readonly clients: readonly Readonly<Record<string, unknown>>[]
}

function textsOf(trees: readonly Tree[]): Readonly<Record<string, string>> {
  return Object.fromEntries(trees.map(({ name, text }) => [name, text]))
}

/** The sample with our ids and links in place of those left open. */
async function fillIn(request: string): Promise<SampleMessage> {
  const { startLine, headers, body } = readSample(request)
  const links = [linkTo(mac).href, linkTo(office).href]
  const job = startLine.includes(':requestId') ? await orderBulk() : ''
  const filled = body
    ?.replaceAll('"..."', () => `"${links.shift()}"`)
    .replace('http://login.huddle.local/clients/:clientId', linkTo(mac).href)
  const path = startLine.replace(':id', '1').replace(':clientid', mac).replace(':requestId', job)
  return { startLine: path, headers, body: filled }
}

async function orderBulk(): Promise<string> {
  const { text } = await call(scene.callers.root, 'POST /people/bulk-process/clients', { add: linkTo(mac) })
  return JSON.parse(text).link.href.split('/').at(-1)
}

function send({ startLine, headers, body }: SampleMessage): Promise<Response> {
  const [method = '', path = ''] = startLine.split(' ')
  return fetch(`${scene.callers.root.url}${path}`, {
    method,
    headers: { ...headers, authorization: `OAuth2 ${token}` },
    ...(body !== undefined && { body }),
  })
}

/** A text that the sample's stands for: `...` is one of our own URLs. */
function likeText(sample: string): RegExp {
  const [start = '', end = ''] = sample.split('...').map((part) => part.replaceAll(/[?"<>;]/g, '\\$&'))
  return sample.includes('...') ? new RegExp(`^${start}${BASE_URL}/[^ ]+${end}$`) : new RegExp(`^${start}$`)
}

/** What the sample has must be there, in its order; there may be more. */
function assertJsonLike(sample: unknown, actual: unknown, path = 'the answer'): void {
  if (Array.isArray(sample)) {
    assert.ok(Array.isArray(actual), path)
    for (const [index, each] of sample.entries()) assertJsonLike(each, actual[index], `${path}[${index}]`)
  } else if (typeof sample === 'object' && sample !== null) {
    for (const [name, each] of Object.entries(sample)) {
      assertJsonLike(each, (actual as Readonly<Record<string, unknown>>)[name], `${path}.${name}`)
    }
  } else if (typeof sample === 'string') assert.match(String(actual), likeText(sample), path)
  else assert.equal(actual, sample, path)
}

interface Tree {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Tree[]
  text: string
}

function assertXmlLike(sample: Tree, actual: Tree | undefined): void {
  assert.equal(actual?.name, sample.name)
  assert.deepEqual(Object.keys(actual?.attributes ?? {}), Object.keys(sample.attributes))
  for (const [name, value] of Object.entries(sample.attributes)) {
    assert.match(actual?.attributes[name] ?? '', likeText(value), `${sample.name} ${name}`)
  }
  assert.match(actual?.text.trim() ?? '', likeText(sample.text.trim()), sample.name)
  // Ours may stand between and after those of the sample.
  const rest = [...(actual?.children ?? [])]
  for (const child of sample.children) {
    while (rest.length > 0 && rest[0]?.name !== child.name) rest.shift()
    assertXmlLike(child, rest.shift())
  }
}

function parseTree(text: string): Tree {
  const top: Tree = { name: '', attributes: {}, children: [], text: '' }
  const path = [top]
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const tree: Tree = { name, attributes: { ...attributes }, children: [], text: '' }
    path.at(-1)?.children.push(tree)
    path.push(tree)
  })
  parser.on('text', (part) => {
    const tree = path.at(-1)
    if (tree) tree.text += part
  })
  parser.on('closetag', () => path.pop())
  parser.write(text.trim()).close()
  return top.children[0] ?? assert.fail('There is no element.')
}
