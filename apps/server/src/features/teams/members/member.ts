import { defineErrors } from '../../../kernel/errors.ts'

export const memberErrors = defineErrors('member', {
  not_in_team: {
    kind: 'not_found',
    message: (ids: readonly string[]) => `ids: the team has no member ${ids.join(', ')}.`,
  },
  not_in_team_above: {
    kind: 'invalid',
    message: (teams: readonly string[]) =>
      `Members of a subteam are members of the teams above it, and you may not add any to ${teams.join(', ')}.`,
  },
  entry_given: {
    kind: 'forbidden',
    message: () =>
      'ldapDn: only admins with allow_modify_users say which directory entry a user is; leave it out, and a synchronisation goes by the username.',
  },
  // The original answers 400 here, where it answers 404 everywhere else (seed: `/teams/{team_id}/members/new`).
  unknown_team: { kind: 'invalid', message: (id: string) => `There is no team ${id} to add a new user to.` },
})
