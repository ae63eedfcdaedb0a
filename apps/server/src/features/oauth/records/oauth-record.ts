/** What oidc-provider keeps in the table `oauth_record`, by the names of its models. */
export type RecordKind = 'AuthorizationCode' | 'RefreshToken' | 'Session' | 'Interaction'

/** As oidc-provider describes a record; its fields are the library's own. */
export type Payload = Readonly<Record<string, unknown>>

/** Stands where the id was, so that whoever reads the database can show nothing. */
const HIDDEN = '{id}'

/** The payload without what its owner shows: its own id, and the session that an interaction began with. */
export function hideIds(id: string, { jti: _id, ...payload }: Payload): Payload {
  return {
    ...payload,
    ...mapReturnTo(payload, (url) => url.replaceAll(id, HIDDEN)),
    ...(isObject(payload['session']) && { session: { ...payload['session'], cookie: undefined } }),
  }
}

/** The payload as it was, for who shows the id. */
export function showIds(id: string, stored: Payload): Payload {
  return { ...stored, jti: id, ...mapReturnTo(stored, (url) => url.replaceAll(HIDDEN, id)) }
}

function mapReturnTo({ returnTo }: Payload, map: (url: string) => string): Payload {
  return typeof returnTo === 'string' ? { returnTo: map(returnTo) } : {}
}

function isObject(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null
}
