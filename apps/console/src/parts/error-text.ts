import { PortreeveError, UnreachableError } from '@portreeve/client'
import { ChangedSinceShown } from './conflicts/as-shown.ts'

/** True while there is no answer, or the server says that it is not ready: worth trying again. */
export function isAway(error: unknown): boolean {
  return error instanceof UnreachableError || (error instanceof PortreeveError && error.status === 503)
}

/** True when what the page shows is no more what is there. */
export function isOutdated(error: unknown): boolean {
  return error instanceof ChangedSinceShown || (error instanceof PortreeveError && error.status === 412)
}

/** True when somebody else changed the same thing first, or something else stands against it. */
export function isConflict(error: unknown): boolean {
  return isOutdated(error) || (error instanceof PortreeveError && error.status === 409)
}

/** What the interface of data sources says of a status, whatever the reason: as the original does. */
const SENTENCES: Readonly<Record<string, string>> = {
  Forbidden: 'You may not do this here. Whoever made it, its stewards and your admins may.',
  'Not Found': 'There is no such thing in this organisation. Perhaps somebody has deleted it.',
}

/** What to show of a failure. */
export function textOf(error: unknown): string {
  if (error instanceof UnreachableError) return 'The server does not answer. What you entered is still here; try again.'
  if (error instanceof ChangedSinceShown) return error.message
  if (error instanceof PortreeveError) return SENTENCES[error.message] ?? error.message
  return 'Something went wrong on this page. Reload it, and if that does not help, tell whoever runs the server.'
}

export function requestIdOf(error: unknown): string | undefined {
  return error instanceof PortreeveError ? error.requestId : undefined
}

/** A part of a message about one field: `username: is taken`, `name must not be empty`, `redirect_uris[1]: is no URI`. */
const PROBLEM = /^(?<field>[A-Za-z_][\w.]*)(?:\[(?<index>[0-9]+)\])?(?<text>: .+| (?:must|is|are|field is) .+)$/s

/** As ER/Studio Team Server words it. */
const SAME_NAME = /^There is an? .+ with the same (?<field>name)$/

/** Between parts: a semicolon within one is followed by neither a field nor a sentence. */
const BETWEEN = /; (?=[A-Za-z_][\w.]*(?:\[[0-9]+\])?(?:: | (?:must|is|are|field is) )|[A-Z][a-z])/

/**
 * What a refusal says of each of these fields, by field, and the rest of it. `codes` tells which field an error is about
 * whose message does not begin with one.
 */
export function problemsOf(
  error: unknown,
  fields: readonly string[],
  codes: Readonly<Record<string, string>> = {},
): { readonly byField: Readonly<Record<string, string>>; readonly rest: string | undefined } {
  if (error === null || error === undefined) return { byField: {}, rest: undefined }
  const coded = error instanceof PortreeveError ? codes[error.code] : undefined
  if (coded !== undefined) return { byField: { [coded]: textOf(error) }, rest: undefined }
  const isRefusal = error instanceof PortreeveError && error.status < 500
  const byField: Record<string, string> = {}
  const rest: string[] = []
  for (const part of isRefusal ? textOf(error).split(BETWEEN) : [textOf(error)]) {
    const { field, text } = readProblem(part)
    if (isRefusal && fields.includes(field)) byField[field] = text
    else rest.push(part)
  }
  return { byField, rest: rest.length > 0 ? rest.join('; ') : undefined }
}

function readProblem(part: string): { readonly field: string; readonly text: string } {
  const { field = '', index, text = part } = (SAME_NAME.exec(part) ?? PROBLEM.exec(part))?.groups ?? {}
  const place = index === undefined ? '' : `number ${Number(index) + 1}: `
  return { field, text: capitalised(place + text.replace(/^:? /, '')) }
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
