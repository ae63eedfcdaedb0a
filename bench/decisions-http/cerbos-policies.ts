import type { Grant, Question } from './seeded-questions.ts'

/** A policy for each repository: a role for each of our rules, which may read at and below its path. */
export function policiesOf(grants: readonly Grant[]): object[] {
  return Array.from(
    Map.groupBy(grants, ({ repository }) => repository),
    ([resource, ofRepository]) => ({
      apiVersion: 'api.cerbos.dev/v1',
      resourcePolicy: {
        version: 'default',
        resource,
        rules: ofRepository.map(({ rule, path }) => ({
          actions: ['READ'],
          effect: 'EFFECT_ALLOW',
          roles: [rule],
          condition: {
            match: {
              expr: `R.attr.path == ${JSON.stringify(path)} || R.attr.path.startsWith(${JSON.stringify(`${path}/`)})`,
            },
          },
        })),
      },
    }),
  )
}

/** It keeps no users: whoever asks tells it the roles. */
export function cerbosBody(questions: readonly Question[]): object {
  const [first] = questions
  const { username = '', rules = [] } = first ?? {}
  return {
    requestId: 'bench',
    principal: { id: username, roles: rules.length > 0 ? rules : ['nobody'] },
    resources: questions.map(({ repository, path }, n) => ({
      actions: ['READ'],
      resource: { kind: repository, id: String(n), attr: { path } },
    })),
  }
}
