/** A message to one person, in plain text. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Where mail goes out. Disposing it closes its connections; what is being sent is finished first. */
export interface Mailer extends AsyncDisposable {
  /**
   * Resolves once the mail is in other hands: the mail server's, or the disk's. Rejects with `mail.not_sent` otherwise;
   * whoever wants it sent nevertheless tries again.
   */
  send(mail: Mail): Promise<void>
}
