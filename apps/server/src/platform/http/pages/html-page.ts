/** Exported for the test that holds STYLE_HASH to it. */
export const PAGE_STYLE =
  'body{max-width:30rem;margin:4rem auto;padding:0 1rem;font:1.1rem/1.5 system-ui,sans-serif}' +
  'label,input,button{display:block;width:100%;box-sizing:border-box;font:inherit}' +
  'input,button{margin:.25rem 0 1rem;padding:.5rem}[role=alert]{border-left:.3rem solid #b00020;padding-left:1rem}'

/** SHA-256 of the style, in base64: what lets this one style through and no other. */
export const STYLE_HASH = 't9SjK3LNvvULkG8CCadb8c6FRbCHaIOm10slwpEDhBw='

/**
 * For every page of ours. Nothing runs, nothing is framed, a form goes home. An address may hold a code, so it is told
 * to nobody else; `no-referrer` would make browsers send `Origin: null` with the form.
 */
export const PAGE_HEADERS = pageHeaders([])

/** The same for a page whose form may lead on to other places: browsers hold redirects after a form to this, too. */
export function pageHeaders(formTargets: readonly string[]) {
  return {
    'content-security-policy': [
      "default-src 'none'",
      `style-src 'sha256-${STYLE_HASH}'`,
      ["form-action 'self'", ...formTargets].join(' '),
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
  } as const
}

/** A page with a heading; `content` is HTML. */
export function htmlPage(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>
`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** The text as it may stand in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
