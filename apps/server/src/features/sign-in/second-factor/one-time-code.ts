import { createHmac, timingSafeEqual } from 'node:crypto'

const DIGITS = 6
const STEP_S = 30
/** RFC 6238, 5.2 recommends one step at most for what is lost on the way; one ahead is for clocks that are fast. */
const WINDOW = 1

/** What an authenticator app must know besides the secret, as its URI says it. */
export const CODE_PARAMETERS = { algorithm: 'SHA1', digits: String(DIGITS), period: String(STEP_S) } as const

/** The one-time code of a counter (RFC 4226, 5.3), with SHA-1: the only algorithm that every authenticator app knows. */
export function oneTimeCode(secret: Uint8Array, counter: number, digits = DIGITS): string {
  const moving = Buffer.alloc(8)
  moving.writeBigUInt64BE(BigInt(counter))
  const mac = createHmac('sha1', secret).update(moving).digest()
  const offset = mac.readUInt8(mac.length - 1) & 0xf
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** The time step that a moment lies in (RFC 6238, 4.2), from the Unix epoch. */
export function timeStep(now: Date): number {
  return Math.floor(now.getTime() / 1000 / STEP_S)
}

export interface CodeAttempt {
  /** As it was typed; spaces do not count. */
  readonly token: string
  readonly now: Date
  /** The step of the last code accepted: no code of that or an earlier step is good again (RFC 6238, 5.2). */
  readonly lastStep: number | undefined
}

/** The step whose code it is, if it is that of now or of a step beside. */
export function matchingStep(secret: Uint8Array, { token, now, lastStep = -1 }: CodeAttempt): number | undefined {
  const typed = token.replace(/\s/g, '')
  if (!/^[0-9]{6}$/.test(typed)) return undefined
  const present = timeStep(now)
  for (let step = Math.max(present - WINDOW, lastStep + 1); step <= present + WINDOW; step++) {
    if (timingSafeEqual(Buffer.from(typed), Buffer.from(oneTimeCode(secret, step)))) return step
  }
  return undefined
}
