import { KeysDto, RotationBody } from '@portreeve/contract'
import type { TSchema } from 'typebox'
import { defineRoute, type Route } from '../../platform/http/route.ts'
import { type GetKeysDeps, getKeys } from './get-keys.ts'
import { type RotateKeysDeps, rotateKeys } from './rotate-keys.ts'
import type { Rotation } from './rotation.ts'

export type KeysRoutesDeps = GetKeysDeps & RotateKeysDeps

const COMMON = { dialect: 'teams', access: 'signed-in', formats: 'json' } as const
const PERMISSION = 'superadmin with allow_modify_settings'
const ERRORS = ['key_rotation.superadmin_only', 'access.flag_missing', 'master_key.unusable', 'key_command.failed']

/** Operations on master keys. None of them ever shows one. */
export function keysRoutes(deps: KeysRoutesDeps): Route[] {
  const answer = async (caller: Parameters<typeof getKeys>[1], status: number) => {
    const { rotation, ...keys } = await getKeys(deps, caller)
    return { status, body: { ...keys, rotation: rotation ? toDto(rotation) : null } }
  }
  return [
    defineRoute({
      ...COMMON,
      method: 'GET',
      url: '/api/keys',
      name: 'getKeys',
      summary: 'Which master keys are in use, and how far the latest rotation is',
      permission: PERMISSION,
      answers: { 200: { description: 'Their ids; never a key', schema: KeysDto } },
      errors: ERRORS,
      handle: ({ caller }) => answer(caller, 200),
    }),
    defineRoute<TSchema, TSchema, typeof RotationBody>({
      ...COMMON,
      method: 'POST',
      url: '/api/keys/rotate',
      name: 'rotateKeys',
      summary: 'Begin to change to a new master key; everything stays readable meanwhile',
      permission: PERMISSION,
      body: RotationBody,
      bodyOptional: true,
      answers: { 202: { description: 'It has begun; GET /api/keys tells how far it is', schema: KeysDto } },
      errors: [...ERRORS, 'key_rotation.running'],
      handle: async ({ caller, requestId, body }) => {
        await rotateKeys(deps, { caller, requestId, keepKey: body.keepKey ?? false })
        return answer(caller, 202)
      },
    }),
  ]
}

function toDto({ keyId, requestedAt, finishedAt, rewrapped, unreadable }: Rotation) {
  return {
    keyId,
    requestedAt: requestedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    rewrapped,
    unreadable,
  }
}
