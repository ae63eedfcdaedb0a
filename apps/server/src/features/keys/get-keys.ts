import type { KeyService } from '../../kernel/key-service.ts'
import type { Principal } from '../../kernel/principal.ts'
import { assertMayRotateKeys, type Rotation, type RotationStore } from './rotation.ts'
import type { WrappedKeyStore } from './wrapped-key-store.ts'

export interface GetKeysDeps {
  readonly keys: Pick<KeyService, 'currentKeyId'>
  readonly stores: readonly Pick<WrappedKeyStore, 'countByKey'>[]
  readonly rotations: Pick<RotationStore, 'findLatest'>
}

export interface KeysInUse {
  readonly currentKey: string
  /** How many data keys each master key wraps; one that wraps none is needed for older copies of the database alone. */
  readonly keys: readonly { readonly keyId: string; readonly wraps: number }[]
  readonly rotation: Rotation | undefined
}

/** Which master keys are in use, and how far the latest rotation is. */
export async function getKeys(deps: GetKeysDeps, caller: Principal): Promise<KeysInUse> {
  assertMayRotateKeys(caller)
  const [currentKey, rotation, ...counts] = await Promise.all([
    deps.keys.currentKeyId(),
    deps.rotations.findLatest(),
    ...deps.stores.map((store) => store.countByKey()),
  ])
  const wraps = new Map<string, number>()
  for (const { keyId, count } of counts.flat()) wraps.set(keyId, (wraps.get(keyId) ?? 0) + count)
  return { currentKey, rotation, keys: [...wraps].map(([keyId, count]) => ({ keyId, wraps: count })) }
}
