import { defineErrors } from '../../../kernel/errors.ts'

export const clientErrors = defineErrors('client', {
  not_found: { kind: 'not_found', message: (id: string) => `There is no client application ${id}.` },
  superadmin_only: { kind: 'forbidden', message: () => 'Only superadmins manage client applications.' },
  bad_metadata: { kind: 'invalid', message: (problems: readonly string[]) => problems.join('; ') },
  fixed: {
    kind: 'conflict',
    message: () =>
      'Whether a client acts for itself (client_credentials), and for which organisation, is settled when it is made. Make another one.',
  },
  keeps_no_secret: {
    kind: 'conflict',
    message: (id: string) => `${id} is a public client (token_endpoint_auth_method none): it has no secret.`,
  },
})
