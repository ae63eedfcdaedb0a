/** Exported for the test that holds STYLE_HASH to it. */
export const SETUP_STYLE =
  'body{max-width:30rem;margin:4rem auto;padding:0 1rem;font:1.1rem/1.5 system-ui,sans-serif}' +
  'label,input,button{display:block;width:100%;box-sizing:border-box;font:inherit}' +
  'input,button{margin:.25rem 0 1rem;padding:.5rem}[role=alert]{border-left:.3rem solid #b00020;padding-left:1rem}'

/** SHA-256 of the style, in base64: what lets this one style through and no other. */
export const STYLE_HASH = 't9SjK3LNvvULkG8CCadb8c6FRbCHaIOm10slwpEDhBw='

/**
 * For every page of set-up. Nothing runs, nothing is framed, the form goes home. The address holds the code, so it is told
 * to nobody else; `no-referrer` would make browsers send `Origin: null` with the form.
 */
export const SETUP_PAGE_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
} as const

/** The form; with `problem` after a failed attempt. */
export function setupFormPage(
  code: string,
  entered: { readonly email?: string; readonly problem?: string } = {},
): string {
  const { email = '', problem } = entered
  return page(
    'Set up Portreeve',
    `${problem === undefined ? '' : `<p role="alert" id="problem">${escapeHtml(problem)}</p>`}
<p>Make the first superadmin, who may do everything. The username will be <strong>admin</strong>.</p>
<form method="post" action="/setup" autocomplete="on">
<input type="hidden" name="code" value="${escapeHtml(code)}">
<label for="email">Email address</label>
<input id="email" name="email" type="email" required maxlength="254" autocomplete="email" value="${escapeHtml(email)}">
<label for="password">Password, at least 8 characters</label>
<input id="password" name="password" type="password" required minlength="8" autocomplete="new-password">
<label for="repeat">The password again</label>
<input id="repeat" name="repeat" type="password" required minlength="8" autocomplete="new-password">
<button type="submit">Make the superadmin</button>
</form>`,
  )
}

/** What to do next. */
export function setupDonePage(email: string): string {
  return page(
    'Portreeve is set up',
    `<p>You are the superadmin <strong>admin</strong>. Sign in with ${escapeHtml(email)} and your password, at
<code>POST /v1/admin/login/</code>. The link you came by is of no more use.</p>
<p>What the server can do is described at <a href="/docs">/docs</a>.</p>`,
  )
}

/** Why there is no form. */
export function setupRefusedPage(problem: string): string {
  return page('Portreeve cannot be set up here', `<p role="alert">${escapeHtml(problem)}</p>`)
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${SETUP_STYLE}</style>
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

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
