import { defineErrors } from '../../../kernel/errors.ts'

/** What can be wrong with a question. `at` names which of many it is: `checks[3].`, or nothing. */
export const askErrors = defineErrors('access_ask', {
  one_subject: {
    kind: 'invalid',
    message: (at: string) => `${at}user: say who, by exactly one of user, username and token.`,
  },
  one_user: { kind: 'invalid', message: () => 'user: say who by user or by username, not by both.' },
  one_target: {
    kind: 'invalid',
    message: (at: string) => `${at}repository: say where, by exactly one of repository and dataSource.`,
  },
  data_source_by_name: {
    kind: 'invalid',
    message: (at: string, id: number) => `${at}repository: this is a data source; ask for dataSource ${id}.`,
  },
  whole_data_source: {
    kind: 'invalid',
    message: (at: string) => `${at}path: a data source has no paths; leave it out.`,
  },
  bad_path: {
    kind: 'invalid',
    message: (at: string) => `${at}path: it starts with /, and has no // and no . or .. between its slashes.`,
  },
  token_alone: {
    kind: 'invalid',
    message: (at: string) =>
      `${at}token: it says by itself which app and connector it is of; leave client and connector out.`,
  },
  single_or_many: {
    kind: 'invalid',
    message: (field: string) => `${field}: send the fields of one check, or checks, not both.`,
  },
  unknown_user: { kind: 'not_found', message: (at: string) => `${at}user: the organisation has no such user.` },
  unknown_repository: {
    kind: 'not_found',
    message: (at: string) => `${at}repository: the organisation has no such repository.`,
  },
  unknown_data_source: {
    kind: 'not_found',
    message: (at: string) => `${at}dataSource: the organisation has no such data source.`,
  },
  not_yours: {
    kind: 'forbidden',
    message: (at: string) =>
      `${at}user: about others this needs allow_view_users or allow_modify_teams, or to lead a team that has this path as a resource.`,
  },
  pending_not_yours: {
    kind: 'forbidden',
    message: (at: string) =>
      `${at}state: the pending model takes allow_view_users or allow_modify_teams, or to lead a team that has this path as a resource.`,
  },
})
