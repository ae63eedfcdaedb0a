import { escapeHtml, htmlPage } from '../../../platform/http/pages/html-page.ts'
import { INTERACTION_PATH } from '../server/endpoints.ts'
import type { Interaction } from './interaction.ts'

/** Asks for what signing in takes; with `problem` after a failed attempt. */
export function signInPage(
  basePath: string,
  { uid, client, loginHint }: Interaction,
  entered: { readonly email?: string; readonly problem?: string } = {},
): string {
  const { email = loginHint, problem } = entered
  return htmlPage(
    'Sign in',
    `${alert(problem)}
<p>Sign in to go on to <strong>${escapeHtml(client.name)}</strong>.</p>
<form method="post" action="${action(basePath, uid, 'sign-in')}">
<label for="email">Email address</label>
<input id="email" name="email" type="email" required maxlength="254" autocomplete="username" value="${escapeHtml(email)}">
<label for="password">Password</label>
<input id="password" name="password" type="password" required maxlength="1024" autocomplete="current-password">
<label for="token">One-time code or recovery code, if your account has two factors</label>
<input id="token" name="token" maxlength="32" autocomplete="one-time-code">
<button type="submit">Sign in</button>
</form>
${leaveForm(basePath, uid, 'Cancel')}`,
  )
}

/** Asks whether the app may act for who is signed in. */
export function consentPage(basePath: string, { uid, client }: Interaction, username: string): string {
  return htmlPage(
    `Let ${client.name} in?`,
    `<p>You are signed in as <strong>${escapeHtml(username)}</strong>. <strong>${escapeHtml(client.name)}</strong> wants to
act for you here: to see and change what you may. It cannot change your password or how you sign in.</p>
<form method="post" action="${action(basePath, uid, 'consent')}">
<button type="submit" name="decision" value="allow">Allow</button>
<button type="submit" name="decision" value="deny">Do not allow</button>
</form>`,
  )
}

export interface Stop {
  readonly reason: string
  /** Whether an admin of the user's company could let the app in. */
  readonly canAsk: boolean
}

/** Stops the user at the gate. */
export function gatePage(basePath: string, { uid, client }: Interaction, { reason, canAsk }: Stop): string {
  const ask = `<form method="post" action="${action(basePath, uid, 'ask')}">
<label for="reason">What you need it for, if you want to say</label>
<input id="reason" name="reason" maxlength="500" autocomplete="off">
<button type="submit">Ask your admin</button>
</form>`
  return htmlPage(
    `${client.name} may not come in`,
    `<p role="alert">${escapeHtml(reason)}</p>
${canAsk ? ask : ''}
${leaveForm(basePath, uid, `Back to ${client.name}`)}`,
  )
}

export function askedPage(basePath: string, { uid, client }: Interaction): string {
  return htmlPage(
    'Your admin has been asked',
    `<p>Your admins see now that you would like to use <strong>${escapeHtml(client.name)}</strong>. Once they permit it, sign
in there again.</p>
${leaveForm(basePath, uid, `Back to ${client.name}`)}`,
  )
}

/** Why there is nothing to do here. */
export function refusedPage(problem: string): string {
  return htmlPage('This cannot go on', `<p role="alert">${escapeHtml(problem)}</p>`)
}

/** What `error_uri` leads to: for whoever develops an app. */
export function errorPage(refusals: Readonly<Record<string, string>>): string {
  const reasons = Object.values(refusals).map((text) => `<li>${escapeHtml(text)}</li>`)
  return htmlPage(
    'Why an app is refused',
    `<h2 id="unauthorized_client">unauthorized_client</h2>
<p>Each company decides which apps it lets in. The message says who has refused this one:</p>
<ul>
${reasons.join('\n')}
</ul>
<p>A refresh token stays good: once the app is permitted again, it can be used.</p>`,
  )
}

function leaveForm(basePath: string, uid: string, label: string): string {
  return `<form method="post" action="${action(basePath, uid, 'leave')}">
<button type="submit">${escapeHtml(label)}</button>
</form>`
}

function alert(problem: string | undefined): string {
  return problem === undefined ? '' : `<p role="alert">${escapeHtml(problem)}</p>`
}

function action(basePath: string, uid: string, step: string): string {
  return escapeHtml(`${basePath}${INTERACTION_PATH}/${uid}/${step}`)
}
