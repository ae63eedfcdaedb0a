import { defineErrors } from '../../kernel/errors.ts'

/** How many users of a company have come with a client, and when. */
export interface ClientUse {
  readonly users: number
  readonly firstUsedAt: Date | undefined
  readonly lastUsedAt: Date | undefined
}

/** A client that is available to a company. */
export interface CompanyClient {
  readonly clientId: string
  readonly name: string
  readonly isPermitted: boolean
  /** A public client in the sense of RFC 6749, 2.1. */
  readonly isPublic: boolean
  readonly use: ClientUse
}

/** One user of a company who has come with a client. */
export interface ClientUser {
  readonly userId: string
  readonly username: string
  readonly firstUsedAt: Date
  readonly lastUsedAt: Date
}

export const companyClientErrors = defineErrors('permitted_client', {
  client_not_found: { kind: 'not_found', message: (id: string) => `There is no client application ${id} here.` },
  bad_link: {
    kind: 'invalid',
    message: (hrefs: readonly string[]) => `These are no links to a client of this server: ${hrefs.join(', ')}.`,
  },
  not_available: {
    kind: 'invalid',
    message: (ids: readonly string[]) => `These clients are not available to the company: ${ids.join(', ')}.`,
  },
})
