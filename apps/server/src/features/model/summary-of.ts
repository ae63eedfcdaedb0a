import type { AcceptedEntry } from './agreed-order.ts'

/** A change in a few words for people who decide on it: `rule readers: add permissions`. */
export function summaryOf({ type, object }: Pick<AcceptedEntry, 'type' | 'object'>): string {
  const [noun = '', verb = ''] = type.split('.')
  const name = nameIn(noun, object.details ?? {})
  return `${name === undefined ? noun : `${noun} ${name}`}: ${verb.replaceAll('-', ' ')}`
}

// Whatever kinds of proposals say of what they are about, they call its name one of these, or after what it is: a change
// of a team that speaks of a user has the names of both.
const NAMES = ['name', 'ruleName', 'username', 'team'] as const

function nameIn(noun: string, details: Readonly<Record<string, unknown>>): string | undefined {
  const named = [noun, ...NAMES].map((key) => details[key]).find((value) => typeof value === 'string')
  if (typeof named === 'string') return named
  const { after } = details
  return typeof after === 'object' && after !== null ? nameIn(noun, { ...after, after: undefined }) : undefined
}
