/** Ends the program with this message and nothing else. */
export class AgentError extends Error {
  override readonly name: string = 'AgentError'
}

/** The server does not take the token: it is nobody's, has ended, or may not read the files. Trying again does not help. */
export class TokenRefusedError extends AgentError {
  override readonly name = 'TokenRefusedError'
}

/** The options are wrong; the message says how. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
