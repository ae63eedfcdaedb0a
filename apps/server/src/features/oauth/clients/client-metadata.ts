import {
  AUTH_METHODS,
  type AuthMethod,
  type ClientMetadata,
  GRANT_TYPES,
  type GrantType,
} from './client-application.ts'
import { clientErrors } from './client-errors.ts'
import { problemOfRedirectUri } from './redirect-uri.ts'

/** Metadata as sent; what is absent is as RFC 7591, 2 says. */
export interface SentMetadata {
  readonly name: string
  readonly redirectUris?: readonly string[] | undefined
  readonly grantTypes?: readonly string[] | undefined
  readonly tokenEndpointAuthMethod?: string | undefined
}

/** Half of a surrogate pair (Cs), which JSON can carry, is no character. */
const PRINTABLE = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,100}$/u
export const MOST_REDIRECT_URIS = 20

/** Throws `client.bad_metadata` with every problem, by RFC 7591's names. */
export function parseClientMetadata(sent: SentMetadata): ClientMetadata {
  const name = sent.name.trim()
  const {
    redirectUris = [],
    grantTypes = ['authorization_code'],
    tokenEndpointAuthMethod = 'client_secret_basic',
  } = sent
  const problems = [
    ...(PRINTABLE.test(name) ? [] : ['client_name: it is 1 to 100 printable characters, not all of them spaces']),
    ...problemsOfGrantTypes(grantTypes, tokenEndpointAuthMethod),
    ...problemsOfRedirectUris(redirectUris, {
      areUsed: grantTypes.includes('authorization_code'),
      isPublic: tokenEndpointAuthMethod === 'none',
    }),
  ]
  if (!isAuthMethod(tokenEndpointAuthMethod)) {
    problems.push(`token_endpoint_auth_method: possible are ${AUTH_METHODS.join(', ')}`)
  }
  if (problems.length > 0 || !isAuthMethod(tokenEndpointAuthMethod)) throw clientErrors.bad_metadata(problems)
  return { name, redirectUris, grantTypes: grantTypes.filter(isGrantType), tokenEndpointAuthMethod }
}

function problemsOfGrantTypes(grantTypes: readonly string[], authMethod: string): readonly string[] {
  const problems: string[] = []
  if (grantTypes.length === 0 || !grantTypes.every(isGrantType) || new Set(grantTypes).size < grantTypes.length) {
    problems.push(`grant_types: it is one or more of ${GRANT_TYPES.join(', ')}, each once`)
  }
  if (grantTypes.includes('refresh_token') && !grantTypes.includes('authorization_code')) {
    problems.push('grant_types: refresh_token needs authorization_code, which yields the first refresh token')
  }
  // RFC 6749, 4.4: only confidential clients.
  if (grantTypes.includes('client_credentials') && authMethod === 'none') {
    problems.push('grant_types: client_credentials needs a token_endpoint_auth_method other than none')
  }
  return problems
}

interface RedirectUse {
  readonly areUsed: boolean
  readonly isPublic: boolean
}

function problemsOfRedirectUris(uris: readonly string[], { areUsed, isPublic }: RedirectUse): readonly string[] {
  if (areUsed && uris.length === 0) return ['redirect_uris: authorization_code needs at least one']
  if (!areUsed && uris.length > 0) return ['redirect_uris: only authorization_code uses them; leave them out']
  if (uris.length > MOST_REDIRECT_URIS) return [`redirect_uris: there can be ${MOST_REDIRECT_URIS} at the most`]
  if (new Set(uris).size < uris.length) return ['redirect_uris: one is there twice']
  return uris.flatMap((uri, index) => {
    const problem = problemOfRedirectUri(uri, { isPublic })
    return problem === undefined ? [] : [`redirect_uris[${index}]: ${problem}`]
  })
}

function isGrantType(text: string): text is GrantType {
  return GRANT_TYPES.some((type) => type === text)
}

function isAuthMethod(text: string): text is AuthMethod {
  return AUTH_METHODS.some((method) => method === text)
}
