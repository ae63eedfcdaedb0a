/** The code of a link, or the code itself. */
export function setUpCodeOf(text: string): string {
  const trimmed = text.trim()
  return URL.canParse(trimmed) ? (new URL(trimmed).searchParams.get('code') ?? trimmed) : trimmed
}
