import { openSealingKeys } from '../features/keys/index.ts'
import { sqlSealingKeyStore } from '../features/keys/sealing-keys.sql.ts'
import type { KeyService } from '../kernel/key-service.ts'
import type { Database } from '../platform/database/database.ts'
import { KeyCommand } from '../platform/security/key-command.ts'
import { KeyRing } from '../platform/security/key-ring.ts'
import { LocalKeys } from '../platform/security/local-keys.ts'
import { MasterKeyFile } from '../platform/security/master-key.ts'
import { makeSealingKey, SealedSecrets, sealingKeyOf } from '../platform/security/sealed-secret.ts'

export interface KeysSource {
  readonly masterKeyFile: string
  /** Has the master key instead of the file, which then opens what it wrapped before and is not made. */
  readonly keyCommand?: string
}

/** What secrets are encrypted with. */
export interface Keys {
  readonly service: KeyService
  readonly sealer: SealedSecrets
}

/** Opens the keys, and at the first start of all makes them; throws, saying which one is missing. */
export async function openKeys(database: Database, { masterKeyFile, keyCommand: command }: KeysSource): Promise<Keys> {
  const file = new MasterKeyFile(masterKeyFile)
  const local = new LocalKeys(file)
  const service = command === undefined ? new KeyRing(local) : new KeyRing(new KeyCommand({ command }), local)
  const [current, ...former] = await openSealingKeys({
    keys: service,
    makeSealingKey,
    prepare: async () => {
      if (command === undefined && (await file.find()) === undefined) await file.make()
    },
    readFormerKeys: async (areNeeded) =>
      (areNeeded ? await file.read() : ((await file.find()) ?? [])).map(sealingKeyOf),
    inTransaction: (work) => database.transaction((tx) => work(sqlSealingKeyStore(tx))),
  })
  if (!current) throw new Error('There is no sealing key.')
  return { service, sealer: new SealedSecrets(current, ...former) }
}
