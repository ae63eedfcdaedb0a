import { escapeHtml, htmlPage } from '../../../platform/http/pages/html-page.ts'
import type { Confirmation } from './client-store.ts'

/** Asks; a mail scanner that follows the link confirms nothing. */
export function confirmFormPage(code: string, { owner, deviceName }: Confirmation): string {
  return htmlPage(
    'Confirm your device',
    `<p>Somebody has registered the device <strong>${escapeHtml(deviceName)}</strong> for
<strong>${escapeHtml(owner.username)}</strong>. Confirm it only if that was you.</p>
<form method="post" action="/v1/client/confirm/form/">
<input type="hidden" name="code" value="${escapeHtml(code)}">
<button type="submit">Confirm the device</button>
</form>`,
  )
}

export function confirmedPage({ deviceName }: Confirmation): string {
  return htmlPage(
    'Your device is confirmed',
    `<p><strong>${escapeHtml(deviceName)}</strong> can be used now. You may close this page.</p>`,
  )
}

export function notConfirmedPage(problem: string): string {
  return htmlPage('The device cannot be confirmed', `<p role="alert">${escapeHtml(problem)}</p>`)
}
