import { defineErrors } from '../../kernel/errors.ts'
import type { KeyService } from '../../kernel/key-service.ts'
import type { SealingKeyStore, StoredSealingKey } from './sealing-key-store.ts'

const keysErrors = defineErrors('keys', {
  former_missing: {
    kind: 'unavailable',
    message: (needed: string, found: readonly string[]) =>
      `The database holds secrets that were encrypted with the master key ${needed}, and the master key file holds ${found.join(', ')}. Restore the file from its copy.`,
  },
})

/** What secrets are sealed with. */
interface SealingKey {
  readonly id: string
  readonly key: Uint8Array
}

export interface OpenSealingKeysDeps {
  readonly keys: KeyService
  /** A new one. */
  makeSealingKey(): SealingKey
  /** Sees to it that the key service has a master key. Called only while nothing is encrypted. */
  prepare(): Promise<unknown>
  /** Those that followed from the master keys before any were stored. Throws when they are needed and there is no master key. */
  readFormerKeys(areNeeded: boolean): Promise<readonly SealingKey[]>
  inTransaction<T>(work: (store: SealingKeyStore) => Promise<T>): Promise<T>
}

/**
 * The sealing keys, the current one first; at the first start they are made. Throws, saying which master key is missing, when
 * that which wrapped them is not at hand: a server that starts without it would lose secrets one by one.
 */
export async function openSealingKeys(deps: OpenSealingKeysDeps): Promise<readonly SealingKey[]> {
  const stored = await deps.inTransaction(async (store) => {
    const known = await store.listForStart()
    if (known.length > 0) return known
    const first = await wrapFirstKeys(deps, await store.listFormerIds())
    await store.addAll(first)
    return first
  })
  return await Promise.all(
    stored.map(async ({ id, key }) => ({ id, key: await deps.keys.unwrap(key, sealingKeyContext(id)) })),
  )
}

/** What a sealing key is wrapped for. */
export function sealingKeyContext(id: string): string {
  return `sealing key ${id}`
}

async function wrapFirstKeys(deps: OpenSealingKeysDeps, formerIds: readonly string[]): Promise<StoredSealingKey[]> {
  const former = await findFormerKeys(deps, formerIds)
  if (former.length === 0) await deps.prepare()
  const current = deps.makeSealingKey()
  return await Promise.all(
    [current, ...former].map(async ({ id, key }) => ({
      id,
      isCurrent: id === current.id,
      key: await deps.keys.wrap(key, sealingKeyContext(id)),
    })),
  )
}

/** All there are: until it ends, a node of the version before goes on to seal with them. */
async function findFormerKeys(deps: OpenSealingKeysDeps, ids: readonly string[]): Promise<readonly SealingKey[]> {
  const known = await deps.readFormerKeys(ids.length > 0)
  const missing = ids.find((id) => !known.some((key) => key.id === id))
  if (missing !== undefined) {
    const found = known.map(({ id }) => id)
    throw keysErrors.former_missing(missing, found)
  }
  return known
}
