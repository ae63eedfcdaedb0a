import type { Unconfirmed } from './client-store.ts'

/** What the mail says. The device's own words are between quotes: whoever registered chose them. */
export function confirmationMail({ username, deviceName, platform }: Unconfirmed, link: string) {
  return {
    subject: 'Confirm your device',
    text: `Hello ${username},

somebody, we hope you, has registered a device under this email address:

  "${deviceName}" (${platform})

If it was you, confirm it within 24 hours:

  ${link}

If it was not, do nothing: without your confirmation the device gets no access.
`,
  }
}
