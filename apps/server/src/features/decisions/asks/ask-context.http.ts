import type { Incoming } from '../../../platform/http/route.ts'
import type { AskContext } from './ask-deps.ts'

interface ModelAsked {
  readonly state?: AskContext['state']
  readonly atLeastRevision?: number
}

/** What a request says of who asks, and of which model. */
export function askContext(
  incoming: Incoming<unknown, unknown, unknown>,
  { state = 'enforced', atLeastRevision }: ModelAsked,
): AskContext {
  const { caller, position } = incoming
  // The signal costs listeners, which only those who wait need.
  const wait = atLeastRevision === undefined ? {} : { wait: { atLeastRevision, signal: incoming.signal } }
  return { caller, position, state, ...wait }
}
