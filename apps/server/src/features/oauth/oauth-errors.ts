import { defineErrors } from '../../kernel/errors.ts'

export const oauthErrors = defineErrors('oauth', {
  interaction_over: {
    kind: 'not_found',
    message: () => 'This page is too old, or was opened in another browser. Go back to the app and start again.',
  },
  other_user: {
    kind: 'conflict',
    message: () => 'Somebody else has signed in meanwhile. Go back to the app and start again.',
  },
  no_consent: {
    kind: 'not_found',
    message: (clientId: string) => `You let no app ${clientId} act for you.`,
  },
  no_app_of_user: {
    kind: 'not_found',
    message: (userId: string, clientId: string) => `User ${userId} lets no app ${clientId} act for them.`,
  },
  no_registration_token: {
    kind: 'not_found',
    message: (id: string) => `There is no registration token ${id}.`,
  },
  bad_lifetime: {
    kind: 'invalid',
    message: (longest: number) => `expires_in is a number of seconds from 60 to ${longest}.`,
  },
})
