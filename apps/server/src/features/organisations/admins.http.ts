import { Type } from 'typebox'
import { PERMISSION_FLAGS } from '../../kernel/principal.ts'
import { defineRoute, type Route } from '../../platform/http/route.ts'
import { type ChangeAdminDeps, changeAdmin } from './change-admin.ts'

const Role = Type.Union([Type.Literal('user'), Type.Literal('admin'), Type.Literal('superadmin')])
const Flags = Type.Array(Type.Union(PERMISSION_FLAGS.map((flag) => Type.Literal(flag))), { uniqueItems: true })

/** Who is admin, and of what. */
export function adminsRoutes(deps: ChangeAdminDeps): Route[] {
  return [
    defineRoute({
      method: 'PUT',
      url: '/api/users/{id}/admin',
      dialect: 'teams',
      name: 'changeAdmin',
      summary: 'Give a user a role and exactly these permission flags',
      access: 'signed-in',
      permission: 'allow_modify_admins, and every flag handed out; a superadmin for superadmins',
      formats: 'json',
      params: Type.Object({ id: Type.String() }),
      body: Type.Object({ role: Role, flags: Flags }, { additionalProperties: false }),
      answers: {
        200: {
          description: 'The rights the user has now',
          schema: Type.Object({ id: Type.String(), username: Type.String(), role: Role, flags: Flags }),
        },
      },
      errors: [
        'access.flag_missing',
        'access.by_app',
        'admin.user_not_found',
        'admin.flags_without_role',
        'admin.superadmin_only',
        'admin.flag_not_held',
        'admin.last_superadmin',
        'admin.own_last_right',
      ],
      async handle({ caller, requestId, params, body }) {
        const rights = { role: body.role, flags: new Set(body.flags) }
        const { id, username, role, flags } = await changeAdmin(deps, { caller, requestId, userId: params.id, rights })
        return { status: 200, body: { id, username, role, flags: PERMISSION_FLAGS.filter((flag) => flags.has(flag)) } }
      },
    }),
  ]
}
