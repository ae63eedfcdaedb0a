import type { AuditFilter } from '@portreeve/client'

/** What the list is narrowed by, as text in its form and in the address; times are UTC, so that a shared link says the same. */
export const AUDIT_DEFAULTS = {
  actor: '',
  act: '',
  objectType: '',
  objectId: '',
  from: '',
  to: '',
  requestId: '',
  task: '',
}

export type AuditFields = typeof AUDIT_DEFAULTS

/** What is wrong before the server is asked. */
export function problemsOfAudit({ objectType, objectId }: AuditFields): { readonly objectType?: string } {
  if (objectId.trim() === '' || objectType.trim() !== '') return {}
  return { objectType: 'Ids are of one type of things each: say which, such as team.' }
}

/** The filter of a form: what is empty is left out. */
export function filterOf({ from, to, ...texts }: AuditFields): AuditFilter {
  const given = Object.entries({ ...texts, from: timeOf(from), to: timeOf(to) }).filter(([, value]) => value !== '')
  return Object.fromEntries(given)
}

/** Records of the same request, or the same task: an address from the root of the console. */
export function addressOfAudit(fields: Partial<AuditFields>): string {
  return `audit?${new URLSearchParams(fields)}`
}

/** The `before` of an address; undefined is the newest page. */
export function readBefore(parameters: URLSearchParams): number | undefined {
  return readRecordId(parameters.get('before') ?? '')
}

export function readRecordId(text: string): number | undefined {
  return /^[1-9][0-9]{0,14}$/.test(text) ? Number(text) : undefined
}

const MINUTE = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/
const SECOND = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/

/** What browsers write of a day and time, in UTC. Anything else goes as it is, for the server to say what is wrong. */
function timeOf(text: string): string {
  if (MINUTE.test(text)) return `${text}:00Z`
  return SECOND.test(text) ? `${text}Z` : text
}
