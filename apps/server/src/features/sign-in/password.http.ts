import { Type } from 'typebox'
import { defineRoute, type Route } from '../../platform/http/route.ts'
import { type ChangePasswordDeps, changePassword } from './change-password.ts'

/** Local passwords. */
export function passwordRoutes(deps: ChangePasswordDeps): Route[] {
  return [
    defineRoute({
      method: 'PUT',
      url: '/api/users/{id}/password',
      dialect: 'teams',
      name: 'changePassword',
      summary: 'Set a local password and end all sessions of the user',
      access: 'signed-in',
      permission:
        'the user, who knows the current password; allow_modify_users for plain users, allow_modify_admins for admins; a superadmin for superadmins',
      formats: 'json',
      params: Type.Object({ id: Type.String() }),
      body: Type.Object({
        password: Type.String({ maxLength: 1024 }),
        currentPassword: Type.Optional(
          Type.String({ maxLength: 1024, description: 'Needed to change one’s own password' }),
        ),
      }),
      answers: { 204: { description: 'It is set', schema: null } },
      errors: [
        'access.flag_missing',
        'access.by_app',
        'sign_in.bad_password',
        'sign_in.wrong_password',
        'sign_in.locked_out',
        'sign_in.user_not_found',
        'sign_in.superadmin_only',
        'sign_in.email_taken',
        'sign_in.email_missing',
        'sign_in.directory_user',
        'sign_in.client_user',
        'security.busy',
      ],
      async handle({ caller, requestId, source, params, body: { password, currentPassword } }) {
        await changePassword(deps, { caller, requestId, source, userId: params.id, password, currentPassword })
        return { status: 204 }
      },
    }),
  ]
}
