import type { KeyService } from '../../kernel/key-service.ts'
import type { WrappedKeyStore } from './wrapped-key-store.ts'

export interface CheckKeysDeps {
  readonly keys: KeyService
  readonly stores: readonly Pick<WrappedKeyStore, 'listSamples'>[]
}

/** Throws, naming the master key that is missing, unless one of what each master key wrapped opens. */
export async function checkKeys({ keys, stores }: CheckKeysDeps): Promise<void> {
  for (const store of stores) {
    for (const { key, context } of await store.listSamples()) {
      const opened = await keys.unwrap(key, context)
      opened.fill(0)
    }
  }
}
