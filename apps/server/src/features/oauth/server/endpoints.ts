/** Where the authorization server answers, below its base URL. Interactions are pages of ours. */
export const ENDPOINTS = {
  authorization: '/oauth/authorize',
  token: '/oauth/token',
  introspection: '/oauth/introspect',
  revocation: '/oauth/revoke',
  registration: '/oauth/register',
  jwks: '/oauth/jwks',
} as const

/** Huddle's paths, each with the one of ours that it stands for. */
export const HUDDLE_PATHS = {
  '/request': ENDPOINTS.authorization,
  '/token': ENDPOINTS.token,
  '/refresh': ENDPOINTS.token,
} as const

export const INTERACTION_PATH = '/oauth/interaction'
export const ERROR_PATH = '/oauth/error'

export const COOKIES = {
  session: 'portreeve_oauth',
  interaction: 'portreeve_oauth_interaction',
  resume: 'portreeve_oauth_resume',
} as const

/** RFC 8414, and where OpenID Connect looks. */
export const METADATA_PATHS = ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'] as const
