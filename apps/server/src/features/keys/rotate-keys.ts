import type { Clock } from '../../kernel/clock.ts'
import type { KeyService } from '../../kernel/key-service.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../audit/index.ts'
import { assertMayRotateKeys, type RotationStore, rotationErrors } from './rotation.ts'

interface Stores {
  readonly rotations: Pick<RotationStore, 'begin' | 'findRunning' | 'setKey'>
  readonly audit: AuditStore
  /** Has `rewrapKeys` called soon, if the transaction is committed. */
  enqueueRewrapping(): Promise<void>
}

export interface RotateKeysDeps {
  readonly clock: Clock
  readonly keys: Pick<KeyService, 'currentKeyId' | 'renew'>
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface RotateKeysInput {
  readonly caller: Principal
  readonly requestId: string
  /** Makes no key: the one to change to is the key service's already; a rotation under way goes on to that. */
  readonly keepKey: boolean
}

/**
 * Begins to change to another master key. It is durably where it belongs before anything is wrapped with it; if the
 * transaction fails after that, there is one key more than needed, and nothing lost.
 */
export async function rotateKeys(deps: RotateKeysDeps, input: RotateKeysInput): Promise<void> {
  const { caller, requestId, keepKey } = input
  assertMayRotateKeys(caller)
  const at = deps.clock.now()
  await deps.inTransaction(async ({ rotations, audit, enqueueRewrapping }) => {
    const begun = await rotations.begin({ requestedAt: at, requestedBy: caller.userId })
    const id = begun ?? (keepKey ? (await rotations.findRunning())?.id : undefined)
    if (id === undefined) throw rotationErrors.running()
    const keyId = keepKey ? await deps.keys.currentKeyId() : await deps.keys.renew()
    await rotations.setKey(id, keyId)
    await audit.record({
      organisation: caller.organisation,
      at,
      actor: actorOf(caller),
      action: 'master_key.rotate',
      object: { type: 'master_key', id: keyId },
      requestId,
    })
    await enqueueRewrapping()
  })
}
