import type { Adapter, AdapterPayload } from 'oidc-provider'
import { AppError } from '../../../kernel/errors.ts'
import { findUnstorableText } from '../../../platform/http/validation/unstorable-text.ts'
import { type ClientRegistry, isNative, type RegisteredClient } from './registered-client.ts'

export interface ClientAdapterDeps {
  readonly clients: ClientRegistry
  findClient(id: string): Promise<RegisteredClient | undefined>
  digest(secret: string): Uint8Array
  /** What is thrown for metadata that no client may have. */
  badMetadata(reason: string): Error
  /** What is thrown when the initial access token was spent by somebody else at the same moment. */
  tokenSpent(): Error
  /** Of the request that is being answered. */
  requestId(): string
  /** That the request came with. */
  initialAccessToken(): string
}

type Rest = Pick<Adapter, 'findByUid' | 'findByUserCode' | 'consume' | 'revokeByGrantId'>

/** Clients, whose secret is its hash here, and who are changed by superadmins and not through the library. */
export function clientAdapter(deps: ClientAdapterDeps, rest: Rest): Adapter {
  const { clients, digest } = deps
  return {
    ...rest,
    async find(id) {
      const client = findUnstorableText(id).length > 0 ? undefined : await deps.findClient(id)
      return client && toMetadata(client)
    },
    async upsert(id, metadata) {
      const { client_name = id, redirect_uris = [], grant_types = [], client_secret } = metadata
      const registration = {
        clientId: id,
        name: client_name,
        redirectUris: redirect_uris,
        grantTypes: grant_types,
        tokenEndpointAuthMethod: metadata.token_endpoint_auth_method ?? 'client_secret_basic',
        secretHash: client_secret === undefined ? undefined : digest(client_secret),
      }
      try {
        const by = { tokenHash: digest(deps.initialAccessToken()), requestId: deps.requestId() }
        if (await clients.register(registration, by)) return
      } catch (error) {
        throw error instanceof AppError && error.kind === 'invalid' ? deps.badMetadata(error.message) : error
      }
      throw deps.tokenSpent()
    },
    destroy: () => Promise.reject(new Error('Clients are deleted by superadmins.')),
  }
}

function toMetadata(client: RegisteredClient): AdapterPayload {
  const { clientId, name, redirectUris, grantTypes, tokenEndpointAuthMethod, secretHash } = client
  const method: Pick<AdapterPayload, 'token_endpoint_auth_method'> = {
    token_endpoint_auth_method: tokenEndpointAuthMethod as NonNullable<AdapterPayload['token_endpoint_auth_method']>,
  }
  return {
    client_id: clientId,
    client_name: name,
    redirect_uris: redirectUris,
    grant_types: grantTypes,
    response_types: grantTypes.includes('authorization_code') ? ['code'] : [],
    application_type: isNative(client) ? 'native' : 'web',
    ...method,
    ...(secretHash && { client_secret: Buffer.from(secretHash).toString('base64url') }),
  }
}
