import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { basePathOf } from '../base-path.ts'
import type { Mount } from '../mount.ts'
import { htmlPage, PAGE_HEADERS } from './html-page.ts'
import { type SiteFile, SiteFiles } from './site-files.ts'

export interface StaticSiteOptions {
  /** Begins the names of its mounts: `console`. */
  readonly name: string
  /** What people call it, for the page that says it is not there. */
  readonly title: string
  /** Where the built files are: `index.html`, and `assets/` under names that change with their content. */
  readonly directory: string
  /** Where it is served, without a slash at its end: `/console`. */
  readonly at: string
  /** How browsers reach the server; its path, if it has one, goes before that of the site. */
  readonly baseUrl: string
}

/** What each answer fills into the built `index.html`. */
const NONCE = '__NONCE__'
const BASE_PATH = '__BASE_PATH__'

const FOREVER = 'public, max-age=31536000, immutable'
const RETRY_AFTER_S = 3

/**
 * A built single-page application, to which `/` leads. Every address below `at` that names no file is the application's
 * own, and gets its page.
 */
export function staticSite(options: StaticSiteOptions): readonly Mount[] {
  const { name, directory, at, baseUrl } = options
  const basePath = basePathOf(baseUrl)
  const site = new SiteFiles(directory)
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const build = await site.latest()
    if (!build) return sendNotBuilt(response, options.title)
    const path = pathOf(request).slice(at.length + 1)
    const file = build.files.get(path)
    if (file) return sendFile(response, file)
    if (path.startsWith('assets/')) return sendText(response, 404, 'There is no such file.\n')
    return sendPage(response, build.index.replaceAll(BASE_PATH, basePath))
  }
  const redirect = async (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(302, { location: `${basePath}${at}/`, 'content-length': 0 }).end()
  }
  return [
    { name: `${name}Redirect`, method: 'GET', url: '/', handle: redirect },
    { name: `${name}Page`, method: 'GET', url: at, handle: serve },
    { name: `${name}Files`, method: 'GET', url: `${at}/*`, handle: serve },
  ]
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/'
}

function sendFile(response: ServerResponse, { type, plain, coded }: SiteFile): void {
  const accepted = acceptedCodings(response.req)
  const [coding, bytes] = [...coded].find(([each]) => accepted.has(each)) ?? []
  const headers = {
    'content-type': type,
    'cache-control': FOREVER,
    vary: 'accept-encoding',
    ...(coding !== undefined && { 'content-encoding': coding }),
  }
  send(response, { status: 200, headers, body: bytes ?? plain })
}

/** Codings the client takes (RFC 9110, 12.5.3): those it names, but for those it gives no weight. */
function acceptedCodings({ headers }: IncomingMessage): ReadonlySet<string> {
  const offers = String(headers['accept-encoding'] ?? '').split(',')
  const taken = offers.filter((offer) => !/;\s*q=0(\.0*)?\s*$/i.test(offer))
  return new Set(taken.map((offer) => (offer.split(';', 1)[0] ?? '').trim().toLowerCase()))
}

function sendPage(response: ServerResponse, index: string): void {
  const nonce = randomBytes(16).toString('base64')
  send(response, { status: 200, headers: pageHeaders(nonce), body: Buffer.from(index.replaceAll(NONCE, nonce)) })
}

function pageHeaders(nonce: string): Readonly<Record<string, string>> {
  return {
    'content-type': 'text/html; charset=utf-8',
    // It names the files of one build, and lets through the styles of one answer.
    'cache-control': 'no-cache, no-store',
    'referrer-policy': 'same-origin',
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      // Component libraries write their theme, and what follows the width of the window, into <style> elements.
      `style-src 'self' 'nonce-${nonce}'`,
      "connect-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
  }
}

/** The API answers all the same, so this says so of the site alone; browsers come again by themselves. */
function sendNotBuilt(response: ServerResponse, title: string): void {
  const body = htmlPage(
    `${title} is not there yet`,
    '<p role="status">It is being built; this page tries again every few seconds. If it does not come, the output of the server tells why, and <code>npm run build</code> tries again. The interfaces work without it.</p>',
  )
  const headers = {
    ...PAGE_HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'retry-after': String(RETRY_AFTER_S),
    refresh: String(RETRY_AFTER_S),
  }
  send(response, { status: 503, headers, body: Buffer.from(body) })
}

function sendText(response: ServerResponse, status: number, text: string): void {
  send(response, { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: Buffer.from(text) })
}

interface Sent {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

function send(response: ServerResponse, { status, headers, body }: Sent): void {
  response.writeHead(status, { ...headers, 'content-length': body.length })
  response.end(response.req.method === 'HEAD' ? undefined : body)
}
