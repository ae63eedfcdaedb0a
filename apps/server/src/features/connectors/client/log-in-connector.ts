import { clientEntry } from './client-audit.ts'
import { type ClientDeps, SECRET_PREFIX } from './client-deps.ts'
import type { ConnectorOwner } from './client-store.ts'
import { type Device, parseDevice } from './device.ts'
import type { NewSecret } from './register-connector.ts'

export interface LogInConnectorDeps extends ClientDeps {
  /** The user whose password, and second factor where they have one, these are; throws what sign-in throws. */
  proveOwner(proof: OwnerProof): Promise<ConnectorOwner>
}

export interface OwnerProof {
  /** Or the email address. */
  readonly username: string
  /** Says whose user it is, where several organisations have one of that name. */
  readonly organisation: number | undefined
  readonly password: string
  /** The one-time code of those with two factors. */
  readonly token: string | undefined
  /** The peer's address. */
  readonly source: string
  readonly requestId: string
}

export interface LogInConnectorInput extends OwnerProof {
  readonly device: Device
}

/** A new connector, Enabled at once: whoever knows the password needs no mail. */
export async function logInConnector(deps: LogInConnectorDeps, input: LogInConnectorInput): Promise<NewSecret> {
  const { source, requestId } = input
  const device = parseDevice(input.device)
  const owner = await deps.proveOwner(input)
  const secret = deps.secrets.next(SECRET_PREFIX)
  const secretHash = deps.secrets.digest(secret)
  const at = deps.clock.now()
  const connector = await deps.inTransaction(async ({ clients, audit }) => {
    const id = await clients.add({ owner, secretHash, device, state: 'Enabled', createdBy: 'login', at })
    const details = { source, device: device.name, client: device.clientId }
    await audit.record(clientEntry({ action: 'connector.log_in', owner, connector: id, at, requestId, details }))
    return id
  })
  return { connector, secret }
}
