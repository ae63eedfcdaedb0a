/** The path that the server is reached below, without the slash at its end: empty for `https://gate.example/`. */
export function basePathOf(baseUrl: string): string {
  return new URL(baseUrl).pathname.replace(/\/+$/, '')
}
