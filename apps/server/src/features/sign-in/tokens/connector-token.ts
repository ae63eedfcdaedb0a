/** What every access token of a connector starts with: by it they are told from personal ones. */
export const CONNECTOR_TOKEN_PREFIX = 'pta_'
