import type { errors, interactionPolicy, default as Provider } from 'oidc-provider'

export interface OidcLibrary {
  readonly Provider: typeof Provider
  readonly errors: typeof errors
  readonly interactionPolicy: typeof interactionPolicy
}

let loaded: Promise<OidcLibrary> | undefined

/** oidc-provider, loaded by servers that run, and not by what only reads their declarations. */
export function loadLibrary(): Promise<OidcLibrary> {
  loaded ??= importQuietly()
  return loaded
}

/** It warns on the console of every Node that is not a long-term release; on which one we run is decision 0001. */
async function importQuietly(): Promise<OidcLibrary> {
  const { warn } = console
  console.warn = () => undefined
  try {
    return await import('oidc-provider')
  } finally {
    console.warn = warn
  }
}
