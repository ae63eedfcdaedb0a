import { defineErrors } from '../../../kernel/errors.ts'

export const reportErrors = defineErrors('report', {
  beyond_head: {
    kind: 'invalid',
    message: (parameter: string, revision: number, head: number) =>
      `${parameter}: there is no revision ${revision} yet, the newest is ${head}.`,
  },
  unknown_repository: {
    kind: 'invalid',
    message: (name: string) => `repositoryName: there is no repository "${name}".`,
  },
  unknown_user: { kind: 'invalid', message: (username: string) => `username: there is no user "${username}".` },
})
