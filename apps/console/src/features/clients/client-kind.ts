import type { ClientApplication, ClientMetadata } from '@portreeve/client'

/** What client applications differ in; the server knows it as grant types and a way to authenticate (RFC 7591, 2). */
export const KINDS = [
  { value: 'web', label: 'Web application: keeps a secret on its server' },
  { value: 'public', label: 'App on a device or in a browser: keeps no secret' },
  { value: 'service', label: 'Service: acts for itself, without a user' },
] as const

export interface ClientForm {
  readonly client_name: string
  readonly kind: string
  /** One a line. */
  readonly redirect_uris: string
}

const FOR_PEOPLE = ['authorization_code', 'refresh_token']

/** `organisation`: whose a service is. */
export function toMetadata({ client_name, kind, redirect_uris }: ClientForm, organisation: number): ClientMetadata {
  if (kind === 'service') return { client_name, grant_types: ['client_credentials'], organisation }
  const uris = redirect_uris.split('\n').flatMap((line) => line.trim() || [])
  const metadata = { client_name, grant_types: FOR_PEOPLE, redirect_uris: uris }
  return kind === 'public' ? { ...metadata, token_endpoint_auth_method: 'none' } : metadata
}

export function keepsSecret({ token_endpoint_auth_method: method }: ClientApplication): boolean {
  return method !== 'none'
}
