import { escapeHtml, htmlPage } from '../../../platform/http/pages/html-page.ts'

/** The form; with `problem` after a failed attempt. */
export function setupFormPage(
  code: string,
  entered: { readonly email?: string; readonly problem?: string } = {},
): string {
  const { email = '', problem } = entered
  return htmlPage(
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
  return htmlPage(
    'Portreeve is set up',
    `<p>You are the superadmin <strong>admin</strong>. <a href="/console/">Sign in to the console</a> with ${escapeHtml(email)} and
your password; scripts do so at <code>POST /v1/admin/login/</code>. The link you came by is of no more use.</p>
<p>What the server can do is described at <a href="/docs">/docs</a>.</p>`,
  )
}

/** Why there is no form. */
export function setupRefusedPage(problem: string): string {
  return htmlPage('Portreeve cannot be set up here', `<p role="alert">${escapeHtml(problem)}</p>`)
}
