/** A time that is told in seconds since 1970, in RFC 3339. */
export function unixTime(seconds: number): string
export function unixTime(seconds: number | undefined): string | undefined
export function unixTime(seconds: number | undefined): string | undefined {
  return seconds === undefined ? undefined : new Date(seconds * 1000).toISOString()
}
