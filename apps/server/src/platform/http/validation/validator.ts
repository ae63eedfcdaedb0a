import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import type { TSchema } from 'typebox'
import { OUR_KEYWORDS } from '../media/schema-shape.ts'
import { describeProblems, type Wording } from './describe-problems.ts'

// The plain form only (RFC 9562); ajv-formats also takes `urn:uuid:`, which nothing behind this would understand.
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Fills in defaults and says all that is wrong with a value; nothing when it is right. */
export type Validate = (value: unknown) => readonly string[]

export function compileValidator(schema: TSchema, wording: Wording): Validate {
  const validate: ValidateFunction = createAjv().compile(schema)
  return (value) => (validate(value) ? [] : describeProblems((validate.errors ?? []) as ErrorObject[], wording))
}

function createAjv(): Ajv2020 {
  // `verbose` puts the failing schema into each error: its words go into the message.
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    useDefaults: true,
    strictRequired: false,
    strictTypes: false,
  })
  ajvFormats.default(ajv)
  ajv.addFormat('uuid', UUID)
  ajv.addVocabulary([...OUR_KEYWORDS])
  return ajv
}
