import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { KeyService } from '../../kernel/key-service.ts'
import { type Rotation, type RotationStore, rotationErrors } from './rotation.ts'
import type { Rewrapping, StoredKey, WrappedKeyStore } from './wrapped-key-store.ts'

export interface RewrapKeysDeps {
  readonly clock: Clock
  readonly keys: KeyService
  readonly stores: readonly Pick<WrappedKeyStore, 'listStale' | 'replaceAll'>[]
  readonly rotations: Pick<RotationStore, 'findRunning' | 'addRewrapped' | 'finish'>
}

const CHUNK = 200
// Who waits for a secret meanwhile must not stand in line behind a whole chunk: key services serve few at a time.
const AT_ONCE = 2

/**
 * Goes on with the rotation under way, if there is one, for a job: when it is cut off, what it did stays done. It goes over
 * everything until it finds nothing more to do, since keys may be wrapped by the former master key meanwhile. Throws
 * `key_rotation.other_key` on a node that wraps with another key than the rotation is to: it would take it back.
 */
export async function rewrapKeys(deps: RewrapKeysDeps): Promise<void> {
  const rotation = await deps.rotations.findRunning()
  if (!rotation) return
  const currentKeyId = await deps.keys.currentKeyId()
  if (currentKeyId !== rotation.keyId) throw rotationErrors.other_key(rotation.keyId, currentKeyId)
  let pass: Pass
  do {
    pass = { rewrapped: 0, unreadable: 0 }
    for (const store of deps.stores) await rewrapStore(deps, { store, rotation, pass })
  } while (pass.rewrapped > 0)
  await deps.rotations.finish(rotation, { at: deps.clock.now(), unreadable: pass.unreadable })
}

interface Pass {
  rewrapped: number
  unreadable: number
}

interface Work {
  readonly store: RewrapKeysDeps['stores'][number]
  readonly rotation: Pick<Rotation, 'id' | 'keyId'>
  readonly pass: Pass
}

async function rewrapStore(deps: RewrapKeysDeps, { store, rotation, pass }: Work): Promise<void> {
  let after: string | undefined
  for (;;) {
    const chunk = await store.listStale({ currentKeyId: rotation.keyId, after, limit: CHUNK })
    if (chunk.length === 0) return
    const changes = await rewrapAll(deps.keys, chunk)
    // Otherwise each pass would find them all again, and never end.
    const other = changes.find(({ after: { keyId } }) => keyId !== rotation.keyId)
    if (other) throw rotationErrors.other_key(rotation.keyId, other.after.keyId)
    const replaced = await store.replaceAll(changes)
    await deps.rotations.addRewrapped(rotation.id, replaced)
    pass.rewrapped += replaced
    pass.unreadable += chunk.length - changes.length
    after = chunk.at(-1)?.id
  }
}

async function rewrapAll(keys: KeyService, chunk: readonly StoredKey[]): Promise<readonly Rewrapping[]> {
  const changes: (Rewrapping | undefined)[] = []
  for (let at = 0; at < chunk.length; at += AT_ONCE) {
    const few = chunk.slice(at, at + AT_ONCE)
    changes.push(...(await Promise.all(few.map((stored) => rewrap(keys, stored)))))
  }
  return changes.filter((change) => change !== undefined)
}

/** Undefined for a key that is damaged: nothing will ever open it, and it must not keep the others from their turn. */
async function rewrap(keys: KeyService, { id, context, key: before }: StoredKey): Promise<Rewrapping | undefined> {
  let opened: Uint8Array
  try {
    opened = await keys.unwrap(before, context)
  } catch (error) {
    if (error instanceof AppError && error.code === 'master_key.damaged') return undefined
    throw error
  }
  try {
    return { id, before, after: await keys.wrap(opened, context) }
  } finally {
    opened.fill(0)
  }
}
