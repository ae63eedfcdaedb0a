export { checkKeys } from './check-keys.ts'
export { openSealingKeys } from './open-sealing-keys.ts'
export { rewrapKeys } from './rewrap-keys.ts'
export type { StoredKey, WrappedKeyStore } from './wrapped-key-store.ts'
