/** How many registrations are taken within the window from one key, known or unknown addresses alike. */
export interface RegistrationLimit {
  readonly key: string
  readonly most: number
}

export const REGISTRATION_WINDOW_MS = 60 * 60 * 1000

// Each registration of an address sends a mail there. A source may be a whole company on the day the app is rolled out.
const MOST_OF_ADDRESS = 5
const MOST_OF_SOURCE = 300

/** Always counted in this order: two registrations cannot wait for each other. The address is kept as its digest. */
export function registrationLimits(
  digest: (text: string) => Uint8Array,
  email: string,
  network: string,
): readonly RegistrationLimit[] {
  const address = Buffer.from(digest(email.toLowerCase())).toString('base64url')
  return [
    { key: `address:${address}`, most: MOST_OF_ADDRESS },
    { key: `source:${network}`, most: MOST_OF_SOURCE },
  ]
}
