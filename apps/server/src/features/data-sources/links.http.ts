import { EntryId } from '@portreeve/contract'
import { Type } from 'typebox'
import { defineRoute, type Route } from '../../platform/http/route.ts'

interface Page {
  readonly url: string
  readonly parameter: string
  readonly name: string
  readonly what: string
  /** Of the console. */
  readonly target: string
}

/** The original's pages: what `link` of an entry names, and where such a page is now. */
const PAGES: readonly Page[] = [
  { url: '/group/view.spg', parameter: 'groupKey', name: 'openGroup', what: 'a group', target: '/console/groups' },
  // As the sample in the seed has it, against its own table of fields.
  { url: '/groups/view.spg', parameter: 'key', name: 'openGroupByKey', what: 'a group', target: '/console/groups' },
  {
    url: '/datasource/view.spg',
    parameter: 'key',
    name: 'openDataSource',
    what: 'a data source',
    target: '/console/data-sources',
  },
  {
    url: '/identityobject/view.spg',
    parameter: 'key',
    name: 'openLoginCredential',
    what: 'a login credential',
    target: '/console/login-credentials',
  },
]

/** Sends browsers on from the original's pages to the console. The console asks who they are. */
export function linkRoutes(): Route[] {
  return PAGES.map(({ url, parameter, name, what, target }) =>
    defineRoute({
      method: 'GET',
      url,
      dialect: 'data-sources',
      name,
      summary: `Go to the page of ${what}`,
      access: 'public',
      permission: 'anyone; it tells nothing',
      formats: 'text',
      textType: 'text/html',
      query: Type.Object({ [parameter]: EntryId }),
      answers: { 302: { description: 'The page in the console', schema: null } },
      handle: async ({ query }) => ({
        status: 302,
        headers: { location: `${target}/${(query as Readonly<Record<string, number>>)[parameter]}` },
      }),
    }),
  )
}
