import { Type } from 'typebox'
import { compileJsonWriter } from '../media/json-writer.ts'
import { compileXmlWriter } from '../media/xml-writer.ts'
import type { Problem } from './problem.ts'

/** The error object of ER/Studio Team Server. */
const teamServerError = Type.Object({
  message: Type.String(),
  status: Type.Integer({ description: 'The status of the answer: a number, other than that of a success.' }),
})
const oauthError = Type.Object({ error: Type.String() }, { xml: { name: 'oauth' } })

const writeJson = compileJsonWriter(teamServerError)
const writeOauthError = compileXmlWriter(oauthError)

/** What the original says whatever the reason; ours is in the log and in the code of the error, which a header names. */
const SENTENCES: Readonly<Record<number, string>> = { 403: 'Forbidden', 404: 'Not Found' }
const UNREADABLE = new Set(['request.malformed_body', 'request.body_required'])

/** How ER/Studio Team Server words failures: in JSON, but for a 401, which is XML to those who ask for that. */
export const dataSourcesProblem = {
  schema: teamServerError,
  hasCode: false,
  json: ({ code, message, status }: Problem) => {
    const sentence = UNREADABLE.has(code) ? 'Error parsing json content' : (SENTENCES[status] ?? message)
    return writeJson({ message: sentence, status })
  },
  xml: ({ message, status }: Problem) => (status === 401 ? writeOauthError({ error: message }) : undefined),
  missingField: (field: string) => `${field} field is required`,
}
