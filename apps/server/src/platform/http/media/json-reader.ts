import { requestErrors } from '../problems/request-errors.ts'

/** `__proto__` as a key, in whatever spelling JSON allows for its characters. */
const MAY_HOLD_PROTO = /__proto__|\\u00(5f|70|72|6f|74)/i

/**
 * @throws AppError `request.malformed_body`, also for a `__proto__` key: no request has one, and it has poisoned many a
 * program that copies objects.
 */
export function parseJson(text: string): unknown {
  try {
    return MAY_HOLD_PROTO.test(text) ? JSON.parse(text, refuseProto) : JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw requestErrors.malformed_body(`The body is not well-formed JSON: ${error.message}.`)
  }
}

function refuseProto(key: string, value: unknown): unknown {
  if (key === '__proto__') throw requestErrors.malformed_body('The key "__proto__" is not allowed in the body.')
  return value
}
