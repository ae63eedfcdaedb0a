import { Type } from 'typebox'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import { type EnrolSecondFactorDeps, enrolSecondFactor } from './enrol-second-factor.ts'
import { type GetSecondFactorDeps, getSecondFactor } from './get-second-factor.ts'
import { type RenewRecoveryCodesDeps, renewRecoveryCodes } from './renew-recovery-codes.ts'
import { type ResetSecondFactorDeps, resetSecondFactor } from './reset-second-factor.ts'
import { type TurnOffSecondFactorDeps, turnOffSecondFactor } from './turn-off-second-factor.ts'
import { type TurnOnSecondFactorDeps, turnOnSecondFactor } from './turn-on-second-factor.ts'

export type SecondFactorDeps = GetSecondFactorDeps &
  EnrolSecondFactorDeps &
  TurnOnSecondFactorDeps &
  TurnOffSecondFactorDeps &
  RenewRecoveryCodesDeps &
  ResetSecondFactorDeps

const own = { dialect: 'admin', access: 'signed-in', formats: 'json', permission: 'anyone, for their own' } as const
const Token = Type.String({ maxLength: 32, description: 'A code of the authenticator app' })
const Proof = Type.Object(
  {
    password: Type.Optional(Type.String({ maxLength: 1024 })),
    token: Type.Optional(
      Type.String({ maxLength: 32, description: 'A code of the authenticator app, or a recovery code' }),
    ),
  },
  { description: 'One of the two' },
)
const RecoveryCodes = Type.Object({
  recovery_codes: Type.Array(Type.String(), { description: 'Each is good for one sign-in; shown this once' }),
})
const PROOF_ERRORS = [
  'second_factor.off',
  'second_factor.proof_missing',
  'second_factor.wrong_token',
  'sign_in.wrong_password',
  'sign_in.session_needed',
  'sign_in.locked_out',
  'sign_in.directory_unavailable',
  'sealed_secret.other_key',
  'sealed_secret.not_authentic',
  'security.busy',
]

/** The second factor of those who sign in: TOTP (RFC 6238) and recovery codes. */
export function secondFactorRoutes(deps: SecondFactorDeps): Route[] {
  return [getRoute(deps), enrolRoute(deps), turnOnRoute(deps), turnOffRoute(deps), renewRoute(deps), resetRoute(deps)]
}

function getRoute(deps: SecondFactorDeps): Route {
  return defineRoute({
    ...own,
    method: 'GET',
    url: '/v1/admin/second-factor/',
    name: 'getSecondFactor',
    summary: 'Tell whether two-factor is on',
    answers: {
      200: {
        description: 'How it stands',
        schema: Type.Object({
          state: Type.Union([Type.Literal('off'), Type.Literal('pending'), Type.Literal('on')]),
          turned_on_at: Type.Optional(Type.String({ format: 'date-time' })),
          recovery_codes_left: Type.Integer(),
        }),
      },
    },
    async handle({ caller }) {
      const { state, turnedOnAt, recoveryCodesLeft } = await getSecondFactor(deps, caller)
      const body = { state, turned_on_at: turnedOnAt?.toISOString(), recovery_codes_left: recoveryCodesLeft }
      return { status: 200, body }
    },
  })
}

function enrolRoute(deps: SecondFactorDeps): Route {
  return defineRoute({
    ...own,
    method: 'POST',
    url: '/v1/admin/second-factor/',
    name: 'enrolSecondFactor',
    summary: 'Get a secret for an authenticator app; it has no effect until it is verified',
    permission: 'anyone who signed in within ten minutes, for their own',
    body: Type.Object({}),
    bodyOptional: true,
    answers: {
      200: {
        description: 'The secret, shown this once',
        schema: Type.Object({
          otpauth_uri: Type.String({ description: 'To be shown as a QR code' }),
          secret: Type.String({ description: 'Base32, to be typed instead' }),
        }),
      },
    },
    errors: ['sign_in.reauthenticate', 'second_factor.on'],
    async handle({ caller, requestId }) {
      const { uri, secret } = await enrolSecondFactor(deps, { caller, requestId })
      return { status: 200, body: { otpauth_uri: uri, secret } }
    },
  })
}

function turnOnRoute(deps: SecondFactorDeps): Route {
  return defineRoute({
    ...own,
    method: 'POST',
    url: '/v1/admin/second-factor/verify/',
    name: 'verifySecondFactor',
    summary: 'Turn two-factor on with a first code; the other sessions of the user end',
    body: Type.Object({ token: Token }),
    answers: { 200: { description: 'It is turned on.', schema: RecoveryCodes } },
    errors: [
      'second_factor.on',
      'second_factor.not_pending',
      'second_factor.wrong_token',
      'sign_in.session_needed',
      'sign_in.locked_out',
      'sealed_secret.other_key',
      'sealed_secret.not_authentic',
    ],
    async handle({ caller, requestId, source, body: { token } }) {
      return {
        status: 200,
        body: { recovery_codes: await turnOnSecondFactor(deps, { caller, requestId, source, token }) },
      }
    },
  })
}

// A body on DELETE has no meaning of its own (RFC 9110, 9.3.5) and may be lost on the way: these are POST.
function turnOffRoute(deps: SecondFactorDeps): Route {
  return defineRoute({
    ...own,
    method: 'POST',
    url: '/v1/admin/second-factor/turn-off/',
    name: 'turnOffSecondFactor',
    summary: 'Turn two-factor off, or give up an enrolment',
    permission: 'anyone who shows the password or a code, for their own',
    body: Proof,
    answers: { 200: { description: 'It is off', schema: null } },
    errors: PROOF_ERRORS,
    async handle({ caller, requestId, source, body: proof }) {
      await turnOffSecondFactor(deps, { caller, requestId, source, proof })
      return { status: 200 }
    },
  })
}

function renewRoute(deps: SecondFactorDeps): Route {
  return defineRoute({
    ...own,
    method: 'POST',
    url: '/v1/admin/second-factor/recovery-codes/',
    name: 'renewRecoveryCodes',
    summary: 'Get new recovery codes; the old ones are good no more',
    permission: 'anyone who shows the password or a code, for their own',
    body: Proof,
    answers: { 200: { description: 'The new ones', schema: RecoveryCodes } },
    errors: PROOF_ERRORS,
    async handle({ caller, requestId, source, body: proof }) {
      return {
        status: 200,
        body: { recovery_codes: await renewRecoveryCodes(deps, { caller, requestId, source, proof }) },
      }
    },
  })
}

function resetRoute(deps: SecondFactorDeps): Route {
  return defineRoute({
    ...own,
    method: 'DELETE',
    url: '/v1/admin/users/{user_id}/second-factor/',
    name: 'resetSecondFactor',
    summary: 'Turn two-factor off for another, who has lost it',
    permission: 'allow_modify_admins; a superadmin for superadmins',
    params: Type.Object({ user_id: Type.String() }),
    answers: { 200: { description: 'It is off', schema: null } },
    errors: [
      'access.flag_missing',
      'access.by_app',
      'sign_in.user_not_found',
      'sign_in.superadmin_only',
      'second_factor.own',
      'second_factor.off',
    ],
    async handle({ caller, requestId, params: { user_id: userId } }) {
      await resetSecondFactor(deps, { caller, requestId, userId })
      return { status: 200 }
    },
  })
}
