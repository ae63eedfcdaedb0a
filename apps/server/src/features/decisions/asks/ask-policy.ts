import { holds, type Principal } from '../../../kernel/principal.ts'
import type { ModelUser } from '../compiled/model-parts.ts'
import { askErrors } from './ask-errors.ts'

/**
 * As what somebody asks: an admin who sees all users and rules, a leader about what a team of theirs may hand out, or
 * anybody about themself.
 */
export type Standing = 'viewer' | 'leader' | 'self'

/** Whoever is asked about, known to the model or not. */
export type Person = Pick<ModelUser, 'id' | 'username' | 'enabled'>

/**
 * A superadmin who acts in an organisation that is not their own: its rules do not speak to them, but all that goes by flags and
 * by what they made does. Undefined for callers at home.
 */
export function visitorOf(
  caller: Pick<Principal, 'userId' | 'username' | 'organisation' | 'homeOrganisation'>,
): Person | undefined {
  if (caller.organisation === caller.homeOrganisation) return undefined
  // Whoever is signed in is enabled.
  return { id: caller.userId, username: caller.username, enabled: true }
}

/** What of a question decides who may ask it. */
export interface Asked {
  /** Of the user it is about; undefined when there is none such, or the token is nobody's. */
  readonly userId: string | undefined
  /** Whether it is about a path at or below a resource of a team that the caller leads. */
  readonly isLed: boolean
  /** Which of many questions it is, for the error. */
  readonly at: string
}

export function isViewer(caller: Pick<Principal, 'role' | 'flags'>): boolean {
  return holds(caller, 'allow_view_users') || holds(caller, 'allow_modify_teams')
}

/**
 * As what the caller may ask this. Throws `access_ask.not_yours`: the same whether there is such a user, token or repository
 * or not.
 */
export function standingOf(
  caller: Pick<Principal, 'role' | 'flags' | 'userId'>,
  { userId, isLed, at }: Asked,
): Standing {
  if (isViewer(caller)) return 'viewer'
  if (isLed) return 'leader'
  if (userId === caller.userId) return 'self'
  throw askErrors.not_yours(at)
}

/** What is not enforced yet is for those who may see the model. `at` names the question, as in `Asked`. */
export function assertMayAskState(state: 'enforced' | 'pending', standing: Standing, at: string): void {
  if (state === 'pending' && standing === 'self') throw askErrors.pending_not_yours(at)
}
