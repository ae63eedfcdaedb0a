/** Only addresses of the console: a link to the sign-in must not lead on to somebody else's page. */
export function ownAddress(next: string): string {
  return /^\/(?![/\\])/.test(next) ? next : '/'
}
