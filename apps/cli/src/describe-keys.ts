import type { KeysInUse } from '@portreeve/client'

/** Which master keys are in use, for people. */
export function describeKeys({ currentKey, keys, rotation }: KeysInUse): string {
  const others = keys.filter(({ keyId }) => keyId !== currentKey)
  const wraps = keys.find(({ keyId }) => keyId === currentKey)?.wraps ?? 0
  return [
    `${currentKey} wraps ${wraps} data keys: the master key in use.`,
    ...others.map(({ keyId, wraps: count }) => `${keyId} wraps ${count} data keys still.`),
    ...(rotation ? [describeRotation(rotation)] : []),
    '',
  ].join('\n')
}

function describeRotation({ finishedAt, rewrapped, unreadable }: NonNullable<KeysInUse['rotation']>): string {
  const lost = unreadable === 0 ? '' : ` ${unreadable} were damaged before: enter their secrets again.`
  if (finishedAt === null) return `A rotation is under way: ${rewrapped} wrapped anew so far.`
  return `The latest rotation was finished at ${finishedAt}: ${rewrapped} wrapped anew.${lost}`
}
