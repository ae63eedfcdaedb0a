/** What a way back to a revision has to know. */
export interface RevertReads {
  /** Repositories in which somebody's right may differ between the head and the revision. */
  repositoriesChangedSince(revision: number): Promise<readonly string[]>
  /** Disabled users that teams or rules would name again, by name, at most `limit`. */
  disabledUsersBroughtBack(revision: number, limit: number): Promise<readonly string[]>
  /** Teams, by name, that would again take their members from a directory that is no longer known, at most `limit`. */
  teamsOfForgottenDirectories(revision: number, limit: number): Promise<readonly string[]>
  /**
   * Data sources, as the model calls them, that teams would hand out again although they are deleted, at most `limit`. Those
   * that are not stay until the end of the transaction.
   */
  forgottenDataSources(revision: number, limit: number): Promise<readonly string[]>
}

export interface RevertWrites {
  /** Lets all that has versions hold again as it did at the revision. */
  revertTo(revision: number): Promise<void>
}
