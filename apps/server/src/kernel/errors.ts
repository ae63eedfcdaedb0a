/** What kind of trouble it is. The HTTP, CLI and job layers each map a kind to their own terms. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'not_allowed'
  | 'conflict'
  | 'outdated'
  | 'too_large'
  | 'unsupported'
  | 'not_acceptable'
  | 'limited'
  | 'unavailable'

interface AppErrorOptions extends ErrorOptions {
  readonly retryAfterS?: number | undefined
}

/** A failure the caller can act on. Its message is safe to show; its cause never is. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: string
  readonly kind: ErrorKind
  /** After how many seconds it is worth trying again, where that is known (RFC 9110, 10.2.3). */
  readonly retryAfterS: number | undefined

  // biome-ignore lint/complexity/useMaxParams: ends as the constructor of Error does
  constructor(code: string, kind: ErrorKind, message: string, options?: AppErrorOptions) {
    super(message, options)
    this.code = code
    this.kind = kind
    this.retryAfterS = options?.retryAfterS
  }
}

/** The same error with what led to it, for the log: causes are never shown. */
export function withCause(error: AppError, cause: unknown): AppError {
  const { code, kind, message, retryAfterS } = error
  return new AppError(code, kind, message, { cause, retryAfterS })
}

// `never[]` is the widest parameter list: it lets each message declare its own parameters.
type Definitions = Record<
  string,
  { kind: ErrorKind; message: (...args: never[]) => string; retryAfterS?: (...args: never[]) => number }
>
type Factories<D extends Definitions> = { readonly [K in keyof D]: (...args: Parameters<D[K]['message']>) => AppError }

const declaredCodes = new Map<string, ErrorKind>()

/** Declares the errors one feature can raise. Codes are public API: `<feature>.<name>`. */
export function defineErrors<const D extends Definitions>(feature: string, definitions: D): Factories<D> {
  const entries = Object.entries(definitions).map(([name, { kind, message, retryAfterS }]) => {
    const code = `${feature}.${name}`
    declaredCodes.set(code, kind)
    const make = (...args: never[]) =>
      new AppError(code, kind, message(...args), { retryAfterS: retryAfterS?.(...args) })
    return [name, make]
  })
  return Object.fromEntries(entries) as Factories<D>
}

/** Every code declared by the modules loaded so far, for the generated reference. */
export function listErrorCodes(): ReadonlyMap<string, ErrorKind> {
  return declaredCodes
}
