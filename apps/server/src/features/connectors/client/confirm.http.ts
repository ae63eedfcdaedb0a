import { Type } from 'typebox'
import { AppError } from '../../../kernel/errors.ts'
import { PAGE_HEADERS } from '../../../platform/http/pages/html-page.ts'
import { statusOf } from '../../../platform/http/problems/problem.ts'
import { type Answer, defineRoute, type Route } from '../../../platform/http/route.ts'
import type { ClientDeps } from './client-deps.ts'
import { confirmConnector, getConfirmation } from './confirm-connector.ts'
import { confirmedPage, confirmFormPage, notConfirmedPage } from './confirm-page.http.ts'

const Code = Type.String({ maxLength: 128 })
const html = (description: string) => ({ description, schema: Type.String() })
const permission = 'whoever has the code of the mail'

/** What the link of the mail leads to. */
export function confirmRoutes(deps: ClientDeps): Route[] {
  return [pageRoute(deps), formRoute(deps), confirmRoute(deps)]
}

function pageRoute(deps: ClientDeps): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/client/confirm/',
    dialect: 'admin',
    name: 'showConfirmation',
    summary: 'Show the page on which a user confirms a device; confirms nothing by itself',
    access: 'public',
    permission,
    formats: 'text',
    textType: 'text/html',
    query: Type.Object({ code: Type.String({ default: '', maxLength: 128 }) }),
    answers: { 200: html('The page'), 404: html('The code is not good') },
    handle: ({ query: { code } }) => orRefusal(async () => confirmFormPage(code, await getConfirmation(deps, code))),
  })
}

function formRoute(deps: ClientDeps): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/client/confirm/form/',
    dialect: 'admin',
    name: 'confirmConnectorByForm',
    summary: 'Confirm a device from the page',
    access: 'public',
    permission,
    formats: 'text',
    textType: 'text/html',
    body: Type.Object({ code: Code }, { htmlForm: true }),
    answers: { 200: html('The device is confirmed'), 404: html('The code is not good') },
    handle: ({ body: { code }, requestId }) =>
      orRefusal(async () => confirmedPage(await confirmConnector(deps, { code, requestId }))),
  })
}

function confirmRoute(deps: ClientDeps): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/client/confirm/',
    dialect: 'admin',
    name: 'confirmConnector',
    summary: 'Confirm a device, for scripts and for clients that open the link themselves',
    access: 'public',
    permission,
    formats: 'json',
    body: Type.Object({ code: Code }, { htmlForm: true }),
    answers: {
      200: {
        description: 'The connector can be used now',
        schema: Type.Object({ connector_id: Type.Integer(), connector_state: Type.String() }),
      },
    },
    errors: ['connector.code_not_valid'],
    async handle({ body: { code }, requestId }) {
      const { connector } = await confirmConnector(deps, { code, requestId })
      return { status: 200, body: { connector_id: connector, connector_state: 'Enabled' } }
    },
  })
}

/** A code that is not good is told of on a page, too. */
async function orRefusal(render: () => Promise<string>): Promise<Answer> {
  try {
    return { status: 200, headers: PAGE_HEADERS, body: await render() }
  } catch (error) {
    if (!(error instanceof AppError && error.kind === 'not_found')) throw error
    return { status: statusOf(error.kind), headers: PAGE_HEADERS, body: notConfirmedPage(error.message) }
  }
}
