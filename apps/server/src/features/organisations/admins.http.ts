import { Type } from 'typebox'
import { PERMISSION_FLAGS } from '../../kernel/principal.ts'
import { defineRoute, type Route } from '../../platform/http/route.ts'
import type { AdminCandidate } from './admin.ts'
import { type ChangeAdminDeps, changeAdmin } from './change-admin.ts'
import { type GetAdminDeps, getAdmin } from './get-admin.ts'

const Role = Type.Union([Type.Literal('user'), Type.Literal('admin'), Type.Literal('superadmin')])
const Flags = Type.Array(Type.Union(PERMISSION_FLAGS.map((flag) => Type.Literal(flag))), { uniqueItems: true })

const AdminBody = Type.Object({ id: Type.String(), username: Type.String(), role: Role, flags: Flags })

/** Who is admin, and of what. */
export function adminsRoutes(deps: GetAdminDeps & ChangeAdminDeps): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/api/users/{id}/admin',
      dialect: 'teams',
      name: 'getAdmin',
      summary: 'Tell the role and the permission flags of a user',
      access: 'signed-in',
      permission: 'the user; allow_view_users, allow_modify_users or allow_modify_admins',
      formats: 'json',
      params: Type.Object({ id: Type.String() }),
      answers: { 200: { description: 'The rights the user has', schema: AdminBody } },
      errors: ['access.flag_missing', 'admin.user_not_found'],
      async handle({ caller, params }) {
        return { status: 200, body: toBody(await getAdmin(deps, { caller, userId: params.id })) }
      },
    }),
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
        200: { description: 'The rights the user has now', schema: AdminBody },
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
        return { status: 200, body: toBody(await changeAdmin(deps, { caller, requestId, userId: params.id, rights })) }
      },
    }),
  ]
}

function toBody({ id, username, role, flags }: AdminCandidate) {
  return { id, username, role, flags: PERMISSION_FLAGS.filter((flag) => flags.has(flag)) }
}
