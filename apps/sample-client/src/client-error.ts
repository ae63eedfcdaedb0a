/** Ends the program with this message and nothing else. */
export class ClientError extends Error {
  override readonly name = 'ClientError'
}

/** The command line is wrong; the message says how. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
