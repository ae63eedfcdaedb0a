declare const brand: unique symbol

/** A UUID that has been checked, of the thing its tag names. */
export type Id<Of extends string> = string & { readonly [brand]: Of }

export type UserId = Id<'User'>

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The id in its one spelling (lower case, RFC 9562), or undefined when the text is no UUID. */
export function parseId<T extends Id<string>>(text: string): T | undefined {
  const lower = text.toLowerCase()
  return UUID.test(lower) ? (lower as T) : undefined
}

/** Where ids come from, so that tests can foresee them. */
export interface IdSource {
  /** A new UUIDv7 (RFC 9562): sorts by the time it was made. */
  next<T extends Id<string>>(): T
}
