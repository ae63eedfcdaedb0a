/** An authorization request that waits for its user. */
export interface Interaction {
  readonly uid: string
  /** What is asked: `login`, `gate` or `consent`. */
  readonly prompt: string
  /** Whether to ask for the password of who is signed in, too: the app wants to know that they are there. */
  readonly mustSignIn: boolean
  readonly client: { readonly id: string; readonly name: string }
  readonly redirectUri: string
  readonly scope: string
  /** Who the app thinks it is; empty when it does not say. */
  readonly loginHint: string
  /** Who is signed in; undefined while nobody is. */
  readonly userId: string | undefined
}

export type InteractionResult =
  | { readonly login: { readonly accountId: string; readonly ts: number; readonly remember: boolean } }
  | { readonly consent: Readonly<Record<string, never>> }
  | { readonly error: string; readonly error_description: string }
  | Readonly<Record<string, never>>

export interface Interactions {
  /** Undefined when it is over, or too old. */
  find(uid: string): Promise<Interaction | undefined>
  /** Where the browser goes on; undefined when it is over. */
  finish(uid: string, result: InteractionResult): Promise<string | undefined>
}
