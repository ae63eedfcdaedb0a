/** What every access token starts with that the authorization server issues to an app. */
export const OAUTH_TOKEN_PREFIX = 'pto_'
