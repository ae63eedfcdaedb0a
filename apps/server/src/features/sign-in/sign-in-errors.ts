import { defineErrors } from '../../kernel/errors.ts'

export const signInErrors = defineErrors('sign_in', {
  required: { kind: 'unauthenticated', message: () => 'Sign in, or send an access token.' },
  // One answer for whatever is wrong with a session or token: which of them it is helps only who guesses.
  not_valid: {
    kind: 'unauthenticated',
    message: () => 'The session or access token is not valid, or not any more. Sign in again.',
  },
  bad_credentials: { kind: 'unauthenticated', message: () => 'The email address or the password is wrong.' },
  // The reason is the gate's.
  client_refused: { kind: 'unauthenticated', message: (reason: string) => reason },
  wrong_password: { kind: 'forbidden', message: () => 'Your current password is another.' },
  // Why it cannot is for admins, who see it in the log and by testing the connection.
  directory_unavailable: {
    kind: 'unavailable',
    message: () => 'The directory that knows your password cannot be asked now. Try again later.',
    retryAfterS: () => 30,
  },
  // Told only to who knows the password.
  token_required: {
    kind: 'unauthenticated',
    message: () => 'This account has two factors: send the one-time code, or a recovery code, as token.',
  },
  bad_token: { kind: 'unauthenticated', message: () => 'The one-time code is wrong, or was used already.' },
  session_needed: {
    kind: 'forbidden',
    message: () => 'This needs a session: an access token does not change how its owner signs in.',
  },
  reauthenticate: {
    kind: 'forbidden',
    message: (minutes: number) =>
      `This needs a session whose owner proved within the last ${minutes} minutes who they are. Send the password to /v1/admin/reauthenticate/ first.`,
  },
  account_disabled: { kind: 'forbidden', message: () => 'This account is disabled.' },
  locked_out: {
    kind: 'limited',
    message: (seconds: number) => `Too many failed attempts. Try again in ${seconds} seconds.`,
    retryAfterS: (seconds: number) => seconds,
  },
  bad_origin: {
    kind: 'forbidden',
    message: () => 'A change made with a session must come from this server’s own pages (Origin or Referer header).',
  },
  bad_password: {
    kind: 'invalid',
    message: (shortest: number, longest: number) => `A password has ${shortest} to ${longest} characters.`,
  },
  passwords_differ: { kind: 'invalid', message: () => 'The two passwords are not the same.' },
  bad_email: { kind: 'invalid', message: () => 'This is not an email address.' },
  email_taken: { kind: 'conflict', message: () => 'Another user signs in with this email address.' },
  email_missing: { kind: 'conflict', message: () => 'The user has no email address, so could not sign in with one.' },
  client_user: {
    kind: 'conflict',
    message: () => 'A client application acts as this user, and nobody signs in as it.',
  },
  directory_user: { kind: 'conflict', message: () => 'The password of this user is kept in a directory.' },
  user_not_found: { kind: 'not_found', message: (id: string) => `There is no user ${id}.` },
  superadmin_only: { kind: 'forbidden', message: () => 'Only a superadmin may do that to a superadmin.' },
})

export const accessTokenErrors = defineErrors('access_token', {
  not_found: { kind: 'not_found', message: (id: string) => `You have no access token ${id}.` },
  bad_name: { kind: 'invalid', message: () => 'The name of an access token is 1 to 100 printable characters.' },
  bad_expiry: { kind: 'invalid', message: () => 'An access token expires in the future, or never.' },
  outlives: {
    kind: 'forbidden',
    message: (end: Date) =>
      `An access token that is made with another ends no later than that one, at ${end.toISOString()}. Sign in to make one that lasts.`,
  },
  name_taken: { kind: 'conflict', message: (name: string) => `You have an access token "${name}" already.` },
  too_many: { kind: 'conflict', message: (most: number) => `You have ${most} access tokens; delete one first.` },
})

export const sessionErrors = defineErrors('session', {
  not_found: { kind: 'not_found', message: (id: string) => `You have no session ${id}.` },
})

export const secondFactorErrors = defineErrors('second_factor', {
  on: { kind: 'conflict', message: () => 'Two-factor is on. Turn it off before you enrol again.' },
  off: { kind: 'conflict', message: () => 'Two-factor is not on.' },
  not_pending: { kind: 'conflict', message: () => 'There is no enrolment to verify. Enrol first.' },
  wrong_token: { kind: 'forbidden', message: () => 'The one-time code is wrong, or was used already.' },
  token_missing: { kind: 'forbidden', message: () => 'Two-factor is on: send the one-time code, too.' },
  proof_missing: { kind: 'invalid', message: () => 'Send either your password or a one-time code.' },
  own: { kind: 'conflict', message: () => 'Your own is turned off with your password or a one-time code.' },
})

export const setupErrors = defineErrors('setup', {
  not_valid: {
    kind: 'not_found',
    message: () => 'This set-up link has expired or is not complete. Restart the server for a new one.',
  },
  done: { kind: 'conflict', message: () => 'Set-up is done: there is a superadmin.' },
})
