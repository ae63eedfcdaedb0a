import type { Principal } from '../../kernel/principal.ts'

/** One thing somebody did, as it is kept for good. Never holds a password, token or other secret, not even a hash. */
export interface AuditEntry {
  /** The organisation of the thing acted on. */
  readonly organisation: number | null
  readonly at: Date
  readonly actor: AuditActor
  /** `<object type>.<verb>`, in the words of the glossary: `organisation.change`. */
  readonly action: string
  readonly object: { readonly type: string; readonly id: string }
  readonly details?: Readonly<Record<string, unknown>>
  readonly requestId?: string
  readonly taskId?: string
}

export interface AuditActor {
  /** Null for nobody in particular: the server itself, or someone who failed to say who they are. */
  readonly id: string | null
  readonly name: string
  readonly via: Principal['via'] | 'password'
}

/** The caller as the one who acted. */
export function actorOf(caller: Pick<Principal, 'userId' | 'username' | 'via'>): AuditActor {
  if (caller.via === 'system') return SYSTEM_ACTOR
  return { id: caller.userId, name: caller.username, via: caller.via }
}

/** The server acting by itself: at start, on a schedule. */
export const SYSTEM_ACTOR: AuditActor = { id: null, name: 'portreeve', via: 'system' }
