export interface ErrorAnswer {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly requestId: string | undefined
}

/** What the server refused. `code` is stable (`team.not_found`); `requestId` finds the request in the server's log. */
export class PortreeveError extends Error {
  override readonly name = 'PortreeveError'
  readonly status: number
  readonly code: string
  readonly requestId: string | undefined

  constructor({ status, code, message, requestId }: ErrorAnswer) {
    super(message)
    this.status = status
    this.code = code
    this.requestId = requestId
  }
}

/** No answer came: there is no server at that address, or the connection broke. The cause tells which. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'

  constructor(baseUrl: string, options: ErrorOptions) {
    super(`No answer from ${baseUrl}.`, options)
  }
}

/** Reads a refusal. A proxy in between may answer in a manner of its own, of which the status is all we take. */
export async function readError(answer: Response): Promise<PortreeveError> {
  const text = await answer.text()
  const { code, error, message } = parseFields(text)
  return new PortreeveError({
    status: answer.status,
    code: code ?? error ?? `http.${answer.status}`,
    message: message ?? `The server answered ${answer.status} ${answer.statusText}`.trimEnd(),
    requestId: answer.headers.get('x-request-id') ?? undefined,
  })
}

interface ErrorFields {
  /** Of the teams interface. */
  readonly code?: string
  /** Of the admin interface. */
  readonly error?: string
  readonly message?: string
}

function parseFields(text: string): ErrorFields {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? body : {}
  } catch {
    return {}
  }
}
