import { networkOf } from '../../sign-in/index.ts'
import { clientEntry } from './client-audit.ts'
import { type ClientDeps, SECRET_PREFIX } from './client-deps.ts'
import { clientErrors } from './client-errors.ts'
import type { ClientStore } from './client-store.ts'
import { type Device, parseDevice } from './device.ts'
import { REGISTRATION_WINDOW_MS, type RegistrationLimit, registrationLimits } from './registration-limit.ts'

export interface RegisterConnectorDeps extends ClientDeps {
  monotonicMs(): number
  pause(forMs: number): Promise<void>
}

export interface RegisterConnectorInput {
  readonly email: string
  readonly device: Device
  /** The peer's address. */
  readonly source: string
  readonly requestId: string
}

/** Sent once: only its hash is kept. */
export interface NewSecret {
  readonly connector: number
  readonly secret: string
}

const EMAIL = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u

// Longer than the one statement more takes that a known address costs.
const REGISTERING_TAKES_MS = 200

/**
 * A new Pending connector of whoever has the email address, and a mail that asks them to confirm it. For an address that
 * nobody has it answers the same, after the same time, and what it answers with behaves the same.
 */
export async function registerConnector(
  deps: RegisterConnectorDeps,
  input: RegisterConnectorInput,
): Promise<NewSecret> {
  const device = parseDevice(input.device)
  const email = input.email.trim()
  if (!EMAIL.test(email)) throw clientErrors.bad_email()
  const startedAtMs = deps.monotonicMs()
  try {
    return await register(deps, { ...input, email, device })
  } finally {
    await deps.pause(Math.max(0, startedAtMs + REGISTERING_TAKES_MS - deps.monotonicMs()))
  }
}

async function register(deps: RegisterConnectorDeps, input: RegisterConnectorInput): Promise<NewSecret> {
  const { email, device, source, requestId } = input
  const secret = deps.secrets.next(SECRET_PREFIX)
  const secretHash = deps.secrets.digest(secret)
  const at = deps.clock.now()
  const limits = registrationLimits(deps.secrets.digest, email, networkOf(source))
  const connector = await deps.inTransaction(async ({ clients, audit, enqueueConfirmation }) => {
    await count(clients, limits, at)
    const owner = await clients.findOwner(email)
    const id = owner
      ? await clients.add({ owner, secretHash, device, state: 'Pending', createdBy: 'registration', at })
      : await clients.addUnclaimed(secretHash, at)
    if (owner) await enqueueConfirmation(id)
    const details = { source, device: device.name, client: device.clientId }
    await audit.record(clientEntry({ action: 'connector.register', owner, connector: id, at, requestId, details }))
    return id
  })
  return { connector, secret }
}

/** Throwing takes the count back, so who keeps trying is let in again when the window ends. */
async function count(clients: ClientStore, limits: readonly RegistrationLimit[], now: Date): Promise<void> {
  for (const { key, most } of limits) {
    const { count: counted, since } = await clients.countRegistration(
      key,
      now,
      new Date(now.getTime() - REGISTRATION_WINDOW_MS),
    )
    if (counted <= most) continue
    const endsInMs = since.getTime() + REGISTRATION_WINDOW_MS - now.getTime()
    throw clientErrors.too_many_registrations(Math.max(1, Math.ceil(endsInMs / 1000)))
  }
}
