import { Type } from 'typebox'
import { AppError } from '../../../kernel/errors.ts'
import { PAGE_HEADERS } from '../../../platform/http/pages/html-page.ts'
import { statusOf } from '../../../platform/http/problems/problem.ts'
import { type Answer, defineRoute, type Route } from '../../../platform/http/route.ts'
import type { AdminStore } from '../../organisations/index.ts'
import { isOwnOrigin } from '../own-origin.ts'
import { signInErrors } from '../sign-in-errors.ts'
import { assertSetupCode, type CompleteSetupDeps, completeSetup } from './complete-setup.ts'
import { setupDonePage, setupFormPage, setupRefusedPage } from './setup-page.http.ts'

export type SetupDeps = CompleteSetupDeps & {
  readonly baseUrl: string
  readonly admins: Pick<AdminStore, 'hasSuperadmin'>
}

const html = (description: string) => ({ description, schema: Type.String() })

/** The pages behind the link that a server without superadmin prints. */
export function setupRoutes(deps: SetupDeps): Route[] {
  return [stateRoute(deps), formRoute(deps), completeRoute(deps)]
}

function stateRoute(deps: SetupDeps): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/admin/setup/',
    dialect: 'admin',
    name: 'getSetup',
    summary: 'Tell whether the first superadmin is still to be made',
    access: 'public',
    permission: 'anyone; to make one takes the code of the set-up link',
    formats: 'json',
    answers: {
      200: { description: 'How it stands', schema: Type.Object({ needed: Type.Boolean() }) },
    },
    async handle() {
      return { status: 200, body: { needed: !(await deps.admins.hasSuperadmin()) } }
    },
  })
}

function formRoute(deps: SetupDeps): Route {
  return defineRoute({
    method: 'GET',
    url: '/setup',
    dialect: 'admin',
    name: 'showSetup',
    summary: 'Show the form with which the first superadmin is made',
    access: 'public',
    permission: 'whoever has the set-up link',
    formats: 'text',
    textType: 'text/html',
    query: Type.Object({ code: Type.String({ default: '', maxLength: 128 }) }),
    answers: { 200: html('The form'), 404: html('The link is not good') },
    async handle({ query: { code } }) {
      try {
        await assertSetupCode(deps, code)
      } catch (error) {
        return refusal(error)
      }
      return page(200, setupFormPage(code))
    },
  })
}

function completeRoute(deps: SetupDeps): Route {
  return defineRoute({
    method: 'POST',
    url: '/setup',
    dialect: 'admin',
    name: 'completeSetup',
    summary: 'Make the first superadmin, from the form or from JSON',
    access: 'public',
    permission: 'whoever has the set-up link',
    formats: 'text',
    textType: 'text/html',
    body: Type.Object(
      {
        code: Type.String({ maxLength: 128 }),
        email: Type.String({ maxLength: 254 }),
        password: Type.String({ maxLength: 1024 }),
        repeat: Type.Optional(Type.String({ maxLength: 1024 })),
      },
      { htmlForm: true },
    ),
    answers: {
      200: html('There is a superadmin'),
      400: html('The form again, with what is wrong'),
      404: html('The link is not good'),
      409: html('There was a superadmin already'),
    },
    errors: ['setup.not_valid', 'setup.done', 'sign_in.bad_password', 'sign_in.bad_email', 'sign_in.email_taken'],
    async handle({ body, headers, requestId }) {
      const { origin, referer, host } = headers
      if (isOwnOrigin({ origin, referer, host }, deps.baseUrl) === false) throw signInErrors.bad_origin()
      try {
        await completeSetup(deps, { ...body, requestId })
      } catch (error) {
        // Only a person typed the password twice. Scripts get the error as from any other route.
        if (body.repeat === undefined) throw error
        return refusal(error, (problem) => setupFormPage(body.code, { email: body.email, problem }))
      }
      return page(200, setupDonePage(body.email))
    },
  })
}

/** What the visitor can mend goes back into the form; other failures are not for this page to tell. */
function refusal(error: unknown, formWith: (problem: string) => string = setupRefusedPage): Answer {
  if (!(error instanceof AppError)) throw error
  switch (error.kind) {
    case 'invalid':
      return page(statusOf(error.kind), formWith(error.message))
    case 'conflict':
    case 'not_found':
      return page(statusOf(error.kind), setupRefusedPage(error.message))
    default:
      throw error
  }
}

function page(status: number, body: string): Answer {
  return { status, headers: PAGE_HEADERS, body }
}
