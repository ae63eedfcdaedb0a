/** The media types of Huddle's API. They have no charset parameter: it is UTF-8. */
export const HUDDLE_JSON = 'application/vnd.huddle.data+json'
export const HUDDLE_XML = 'application/vnd.huddle.data+xml'

const PLAIN = ['application/json', 'application/xml', 'text/xml'] as const

/** What is offered and read where Huddle's types are, the one for clients that do not care first. */
export const HUDDLE_OFFERS = [HUDDLE_JSON, HUDDLE_XML, ...PLAIN] as const

/** The same for a client whose request is of this type: the original's samples without `Accept` are answered in kind. */
export function huddleOffersTo(contentType: string | undefined): readonly string[] {
  return /^\s*[\w/.-]*[+/]xml\b/i.test(contentType ?? '') ? [HUDDLE_XML, HUDDLE_JSON, ...PLAIN] : HUDDLE_OFFERS
}
