import { Type } from 'typebox'
import { compileJsonWriter } from './media/json-writer.ts'
import { compileXmlWriter } from './media/xml-writer.ts'
import type { Problem } from './problem.ts'
import type { Dialect } from './route.ts'

type Fields = Problem & { readonly requestId: string }

interface Rendering {
  readonly schema: object
  readonly json: (fields: Fields) => string
  /** Absent where the interface speaks JSON only. */
  readonly xml?: (fields: Fields) => string
}

/** ACP's ExceptionDTO. */
const exception = Type.Object(
  { code: Type.String(), message: Type.String(), requestId: Type.String() },
  { xml: { name: 'exception' } },
)

/** Teamwire's error object. */
const teamwireError = Type.Object({ error: Type.String(), message: Type.String(), requestId: Type.String() })
const writeTeamwireError = compileJsonWriter(teamwireError)

const RENDERINGS: Record<Dialect, Rendering> = {
  teams: { schema: exception, json: compileJsonWriter(exception), xml: compileXmlWriter(exception) },
  admin: {
    schema: teamwireError,
    json: ({ code, message, requestId }) => writeTeamwireError({ error: code, message, requestId }),
  },
}

/** How each interface words its failures. */
export function problemRendering(dialect: Dialect): Rendering {
  return RENDERINGS[dialect]
}
