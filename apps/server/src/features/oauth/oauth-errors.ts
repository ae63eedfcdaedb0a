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
  bad_lifetime: {
    kind: 'invalid',
    message: (longest: number) => `expires_in is a number of seconds from 60 to ${longest}.`,
  },
})
