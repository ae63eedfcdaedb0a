import { defineErrors } from '../../kernel/errors.ts'
import type { KeyService, WrappedKey } from '../../kernel/key-service.ts'

const keyRingErrors = defineErrors('key_ring', {
  no_service: {
    kind: 'unavailable',
    message: (keyId: string) =>
      `A secret was encrypted with the key ${keyId}, which belongs to a key command, and none is configured. Set PORTREEVE_KEY_COMMAND as it was.`,
  },
})

/** Several key services: the first wraps; each opens what it wrapped itself. So one can take over from another. */
export class KeyRing implements KeyService {
  readonly #current: KeyService
  readonly #services: readonly KeyService[]

  constructor(current: KeyService, ...former: readonly KeyService[]) {
    this.#current = current
    this.#services = [current, ...former]
  }

  owns(keyId: string): boolean {
    return this.#services.some((service) => service.owns(keyId))
  }

  currentKeyId(): Promise<string> {
    return this.#current.currentKeyId()
  }

  renew(): Promise<string> {
    return this.#current.renew()
  }

  wrap(key: Uint8Array, context: string): Promise<WrappedKey> {
    return this.#current.wrap(key, context)
  }

  async unwrap(key: WrappedKey, context: string): Promise<Uint8Array> {
    const service = this.#services.find((each) => each.owns(key.keyId))
    if (!service) throw keyRingErrors.no_service(key.keyId)
    return await service.unwrap(key, context)
  }
}
