import { credentialErrors, type SecretEnvelopes, secretRecord } from '../credential.ts'
import {
  type SecretUse,
  type UseSecretDeps,
  type UseStores,
  type UseTerms,
  useSecret,
} from '../secret-use/use-secret.ts'
import type { CheckoutStore } from './checkout-store.ts'

interface Stores extends UseStores {
  readonly checkouts: CheckoutStore
}

export interface CheckoutCredentialDeps extends UseSecretDeps<Stores> {
  readonly envelopes: Pick<SecretEnvelopes, 'open'>
}

export interface CheckedOut {
  readonly username: string
  readonly password: string
  readonly at: Date
}

const CHECKOUT: UseTerms<Stores> = {
  action: 'checkout',
  rate: {
    // Nobody logs in to that many databases by hand; whoever copies everything is stopped, and seen in the audit record.
    mostAnHour: 30,
    countSince: ({ checkouts }, userId, since) => checkouts.countSince(userId, since),
    tooMany: credentialErrors.too_many,
  },
  unknownCredential: ({ credential }) => credentialErrors.not_found(credential),
  notLinked: ({ credential, dataSource }) => credentialErrors.not_linked(credential, dataSource),
  describe: () => ({}),
  async count({ checkouts }, { caller, credential, dataSource, reason }, at) {
    const by = { id: caller.userId, name: caller.username }
    await checkouts.add({ organisation: caller.organisation, credential, dataSource, by, at, reason })
  },
}

/** Hands a secret to whoever may use a data source it is linked to. It is decrypted once the record of that is kept. */
export async function checkoutCredential(deps: CheckoutCredentialDeps, use: SecretUse): Promise<CheckedOut> {
  const { credential, secret, at } = await useSecret(deps, use, CHECKOUT)
  const password = await deps.envelopes.open(secret, secretRecord(use.credential))
  return { username: credential.username, password, at }
}
