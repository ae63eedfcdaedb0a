import type { ClientRequestsDto, CompanyClientsDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import { type HttpCall, type HttpCore, path } from './http-core.ts'
import type { Page, PageRequest } from './page.ts'

type Sent<T extends { readonly links: unknown }> = Omit<T, 'links'>

/** A client application as one organisation sees it. */
export interface CompanyClient extends Sent<Static<typeof CompanyClientsDto>['clients'][number]> {
  readonly clientId: string
}

/** A user who was stopped at the gate and asks for a client application to be permitted. */
export interface ClientRequest extends Sent<Static<typeof ClientRequestsDto>['requests'][number]> {
  readonly clientId: string
  /** Whether who asks the server could permit it. */
  readonly canPermit: boolean
}

export type RequestKey = Pick<ClientRequest, 'clientId' | 'userId'>

interface Link {
  readonly rel: string
  readonly href: string
}

interface Linked {
  readonly links: readonly Link[]
}

const LARGEST_PAGE = 1000

/** Which client applications an organisation lets in. */
export class CompanyClients {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  /** What is available to the organisation, permitted or not, in the order of the names. */
  async page(company: number, request: PageRequest): Promise<Page<CompanyClient>> {
    const { body, total } = await this.#page<{ readonly clients: readonly (CompanyClient & Linked)[] }>(
      clientsPath(company),
      request,
    )
    return { total, items: body.clients.map(({ links, ...client }) => ({ ...client, clientId: idIn(links, 'self') })) }
  }

  /** What users ask to be permitted, the oldest first. */
  async pageOfRequests(company: number, request: PageRequest): Promise<Page<ClientRequest>> {
    const { body, total } = await this.#page<{ readonly requests: readonly (ClientRequest & Linked)[] }>(
      `${clientsPath(company)}/requests`,
      request,
    )
    const items = body.requests.map(({ links, ...asked }) => ({
      ...asked,
      clientId: idIn(links, 'client'),
      canPermit: links.some(({ rel }) => rel === 'permit'),
    }))
    return { items, total }
  }

  /** Makes it available to the organisation; superadmins alone do so. */
  async add(company: number, clientId: string): Promise<void> {
    await this.#http.perform({ method: 'POST', path: clientsPath(company), body: linkTo(clientId) })
  }

  /**
   * Permits one that is available, or withdraws it; the others stay as they are.
   *
   * NOTE: the server knows only the whole list, which is read and sent back: of two admins who do so within the same moment, the
   * later one undoes what the other did.
   */
  async setPermitted(company: number, clientId: string, isPermitted: boolean): Promise<void> {
    const others = (await this.#permittedIds(company)).filter((id) => id !== clientId)
    const permittedClients = (isPermitted ? [...others, clientId] : others).map(linkTo)
    await this.#http.perform({ method: 'PUT', path: `${clientsPath(company)}/permitted`, body: { permittedClients } })
  }

  /** Permits what somebody asks for, and so what everybody asks for who asks for the same. */
  async permitRequest(company: number, key: RequestKey): Promise<void> {
    await this.#http.perform({ method: 'POST', path: `${requestPath(company, key)}/permit` })
  }

  async declineRequest(company: number, key: RequestKey): Promise<void> {
    await this.#http.perform({ method: 'POST', path: `${requestPath(company, key)}/decline` })
  }

  async #permittedIds(company: number): Promise<readonly string[]> {
    const ids: string[] = []
    for (let page = 1; ; page++) {
      const query = { page: String(page), page_size: String(LARGEST_PAGE) }
      const { permittedClients } = await this.#http.json<{ readonly permittedClients: readonly Link[] }>({
        method: 'GET',
        path: `${clientsPath(company)}/permitted`,
        query,
      })
      ids.push(...permittedClients.map(idOf))
      if (permittedClients.length < LARGEST_PAGE) return ids
    }
  }

  async #page<T>(at: string, { page, pageSize, signal }: PageRequest): Promise<{ body: T; total: number }> {
    const query: HttpCall['query'] = { page: String(page), page_size: String(pageSize) }
    const headers = { accept: 'application/json' }
    const answer = await this.#http.request({ method: 'GET', path: at, query, headers, ...(signal && { signal }) })
    return { body: (await answer.json()) as T, total: Number(answer.headers.get('x-total-count')) }
  }
}

function clientsPath(company: number): string {
  return path`/people/companies/${String(company)}/clients`
}

function requestPath(company: number, { clientId, userId }: RequestKey): string {
  return `${clientsPath(company)}${path`/requests/${clientId}/${userId}`}`
}

/** Relative to the server's base, which need not be the root of its host. */
function linkTo(clientId: string): Link {
  return { rel: 'client', href: path`clients/${clientId}` }
}

function idIn(links: readonly Link[], wanted: string): string {
  const link = links.find(({ rel }) => rel === wanted)
  if (!link) throw new Error(`A client application came without its link "${wanted}".`)
  return idOf(link)
}

/** The last part of a client's URI. */
function idOf({ href }: Link): string {
  return decodeURIComponent(href.slice(href.lastIndexOf('/') + 1))
}
