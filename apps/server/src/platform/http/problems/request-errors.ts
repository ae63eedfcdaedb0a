import { defineErrors } from '../../../kernel/errors.ts'

const MOST_PROBLEMS = 20

/** What can be wrong with a request before any feature sees it. */
export const requestErrors = defineErrors('request', {
  invalid: { kind: 'invalid', message: (problems: readonly string[]) => joinProblems(problems) },
  malformed: { kind: 'invalid', message: (reason: string) => reason },
  malformed_body: { kind: 'invalid', message: (reason: string) => reason },
  body_required: { kind: 'invalid', message: (expected: string) => `This request needs a body: ${expected}.` },
  not_found: { kind: 'not_found', message: (name: string, value: string) => `There is nothing with ${name} ${value}.` },
  unknown_url: { kind: 'not_found', message: (path: string) => `There is nothing at ${path}.` },
  method_not_allowed: {
    kind: 'not_allowed',
    message: (method: string, allowed: string) => `${method} is not possible here; ${allowed} are.`,
  },
  not_acceptable: {
    kind: 'not_acceptable',
    message: (offers: readonly string[]) =>
      `None of the types in Accept can be sent. Possible here: ${offers.join(', ')}.`,
  },
  too_large: {
    kind: 'too_large',
    message: (limit: number) => `The body is larger than the ${limit} bytes allowed here.`,
  },
  unsupported: { kind: 'unsupported', message: (reason: string) => reason },
  too_many: {
    kind: 'limited',
    message: (limit: number, seconds: number) =>
      `An app may send ${limit} requests a minute for each of its users. Try again in ${seconds} seconds.`,
    retryAfterS: (_limit: number, seconds: number) => seconds,
  },
})

/** What can be wrong with this node rather than with the request. */
export const serverErrors = defineErrors('server', {
  draining: { kind: 'unavailable', message: () => 'This node is shutting down. Try again: another one will answer.' },
})

function joinProblems(problems: readonly string[]): string {
  const shown = problems.slice(0, MOST_PROBLEMS).join('; ')
  const hidden = problems.length - MOST_PROBLEMS
  return hidden > 0 ? `${shown}; and ${hidden} more` : shown
}
