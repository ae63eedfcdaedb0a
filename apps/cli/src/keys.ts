import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { type KeysInUse, PortreeveClient } from '@portreeve/client'
import { describeKeys } from './describe-keys.ts'
import { KEYS_HELP, type KeysArguments, parseKeysArguments } from './keys-arguments.ts'
import { runCommand } from './run-command.ts'

const POLL_MS = 500

async function runKeys({ act, url, token, keepKey }: KeysArguments): Promise<void> {
  const client = new PortreeveClient({ baseUrl: url, token })
  if (act === 'rotate') process.stdout.write(describeKeys(await rotate(client, keepKey)))
  else process.stdout.write(describeKeys(await client.keys.get()))
}

/** One that is under way, as after an earlier call was ended, is waited for, or led on to the key to keep. */
async function rotate({ keys }: PortreeveClient, keepKey: boolean): Promise<KeysInUse> {
  const before = await keys.get()
  let now = isRunning(before) && !keepKey ? before : await keys.rotate({ keepKey })
  while (isRunning(now)) {
    await delay(POLL_MS)
    now = await keys.get()
  }
  return now
}

function isRunning({ rotation }: KeysInUse): boolean {
  return rotation !== null && rotation.finishedAt === null
}

await runCommand({ parse: parseKeysArguments, help: KEYS_HELP, run: runKeys })
