import { Type } from 'typebox'
import { compileJsonWriter } from '../media/json-writer.ts'
import { compileXmlWriter } from '../media/xml-writer.ts'
import type { Dialect } from '../route.ts'
import { dataSourcesProblem } from './data-sources-problem.ts'
import type { Problem } from './problem.ts'

type Fields = Problem & { readonly requestId: string }

interface Rendering {
  readonly schema: object
  /** Whether what it says holds the code of the error. */
  readonly hasCode: boolean
  readonly json: (fields: Fields) => string
  /** Absent where the interface speaks JSON only; undefined for a failure that it tells in JSON only. */
  readonly xml?: (fields: Fields) => string | undefined
  /** How it says that a field is missing, where not as everywhere else. */
  readonly missingField?: (field: string) => string
}

/** ACP's ExceptionDTO. */
const exception = Type.Object(
  { code: Type.String(), message: Type.String(), requestId: Type.String() },
  { xml: { name: 'exception' } },
)

/** Teamwire's error object. */
const teamwireError = Type.Object({ error: Type.String(), message: Type.String(), requestId: Type.String() })
const writeTeamwireError = compileJsonWriter(teamwireError)

const RENDERINGS: Record<Dialect, Rendering | undefined> = {
  teams: {
    schema: exception,
    hasCode: true,
    json: compileJsonWriter(exception),
    xml: compileXmlWriter(exception),
  },
  admin: {
    schema: teamwireError,
    hasCode: true,
    json: ({ code, message, requestId }) => writeTeamwireError({ error: code, message, requestId }),
  },
  'data-sources': dataSourcesProblem,
  'permitted-clients': undefined,
}

/** How each interface words its failures; undefined for one that sends no body with them. */
export function problemRendering(dialect: Dialect): Rendering | undefined {
  return RENDERINGS[dialect]
}
