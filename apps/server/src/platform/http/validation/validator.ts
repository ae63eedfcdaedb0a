import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import type { TSchema } from 'typebox'
import { OUR_KEYWORDS } from '../media/schema-shape.ts'
import { describeProblems, type Wording } from './describe-problems.ts'

// The plain form only (RFC 9562); ajv-formats also takes `urn:uuid:`, which nothing behind this would understand.
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

// One for all: making it costs more than compiling a schema, since it compiles JSON Schema's own schemas first.
let ajv: Ajv2020 | undefined

/** Fills in defaults and says all that is wrong with a value; nothing when it is right. */
export type Validate = (value: unknown) => readonly string[]

/** Compiles the schema when the first value comes: the hundreds of a server would take half of the time of its start. */
export function makeValidator(schema: TSchema, wording: Wording): Validate {
  let compiled: ValidateFunction | undefined
  return (value) => {
    compiled ??= compile(schema)
    return compiled(value) ? [] : describeProblems((compiled.errors ?? []) as ErrorObject[], wording)
  }
}

function compile(schema: TSchema): ValidateFunction {
  ajv ??= createAjv()
  return ajv.compile(schema)
}

function createAjv(): Ajv2020 {
  // `verbose` puts the failing schema into each error: its words go into the message.
  const made = new Ajv2020({
    allErrors: true,
    verbose: true,
    useDefaults: true,
    strictRequired: false,
    strictTypes: false,
    addUsedSchema: false,
  })
  ajvFormats.default(made)
  made.addFormat('uuid', UUID)
  made.addVocabulary(OUR_KEYWORDS.filter((keyword) => keyword !== 'lowerCase'))
  made.addKeyword({ keyword: 'lowerCase', type: 'string', modifying: true, compile: () => toLowerCase })
  return made
}

interface Place {
  /** Absent for a text that is a whole document. */
  readonly parentData?: Record<string | number, unknown>
  readonly parentDataProperty: string | number
}

function toLowerCase(text: string, place?: Place): boolean {
  if (place?.parentData) place.parentData[place.parentDataProperty] = text.toLowerCase()
  return true
}
