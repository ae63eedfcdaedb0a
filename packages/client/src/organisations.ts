import { type HttpCore, path } from './http-core.ts'
import { getNumberedPage, type Page, type PageRequest } from './page.ts'

export interface Organisation {
  readonly organisation_id: number
  readonly name: string
  readonly enabled: boolean
  /** RFC 3339. */
  readonly created_at: string
  /** Days after which a registered connector that nobody uses is deleted. */
  readonly connector_retention_period: number
}

export interface NewOrganisation {
  readonly name: string
  readonly connector_retention_period?: number
}

export type OrganisationChange = Partial<NewOrganisation> & { readonly enabled?: boolean }

const PATH = '/v1/admin/organisations/'

/** Tenants, which superadmins make and change. */
export class Organisations {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  page(request: PageRequest): Promise<Page<Organisation>> {
    return getNumberedPage(this.#http, { path: PATH, member: 'organisations' }, request)
  }

  get(id: number): Promise<Organisation> {
    return this.#http.json({ method: 'GET', path: organisationPath(id) })
  }

  create(organisation: NewOrganisation): Promise<Organisation> {
    return this.#http.json({ method: 'POST', path: PATH, body: organisation })
  }

  /** Changes what is given; answers all of it. */
  change(id: number, change: OrganisationChange): Promise<Organisation> {
    return this.#http.json({ method: 'PUT', path: organisationPath(id), body: change })
  }
}

function organisationPath(id: number): string {
  return path`/v1/admin/organisations/${String(id)}/`
}
