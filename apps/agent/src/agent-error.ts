/** Ends the program with this message and nothing else. */
export class AgentError extends Error {
  override readonly name = 'AgentError'
}

/** The options are wrong; the message says how. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
