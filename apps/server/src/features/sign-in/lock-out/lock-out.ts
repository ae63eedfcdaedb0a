/** How attempts to guess a password are slowed down: per account, and per address they come from. */
export interface LockOutRule {
  /** So many failures cost nothing. */
  readonly free: number
}

// A source may be a whole company behind one address, so it gets more patience than an account.
const RULES = { account: { free: 5 }, source: { free: 20 } } as const satisfies Record<string, LockOutRule>
const LONGEST_S = 15 * 60

/** Failures older than this are forgotten. */
export const FORGET_AFTER_MS = 24 * 60 * 60 * 1000

/** What failures are counted under. Always in the order account, name, source: two attempts cannot wait for each other. */
export interface LockOutKey {
  readonly rule: keyof typeof RULES
  readonly text: string
}

export interface LockOutTarget {
  /** The id of the account that the attempt is at; absent when nobody has the name. */
  readonly account?: string | undefined
  /** What was typed to name it; absent for who is signed in. */
  readonly name?: string
  /** The peer's address. */
  readonly source: string
}

/**
 * The keys of one attempt. By whichever of its names an account is tried, the guesses share one count. What was typed
 * has another, whether or not somebody has that name: waiting does not tell which. It is named by its digest, since people
 * do type passwords into the wrong field.
 */
export function lockOutKeys(
  digest: (text: string) => Uint8Array,
  { account, name, source }: LockOutTarget,
): readonly LockOutKey[] {
  return [
    ...(account === undefined ? [] : [{ rule: 'account', text: `account:${account}` } as const]),
    ...(name === undefined ? [] : [{ rule: 'account', text: `name:${digestOf(digest, name)}` } as const]),
    { rule: 'source', text: `source:${networkOf(source)}` },
  ]
}

function digestOf(digest: (text: string) => Uint8Array, name: string): string {
  return Buffer.from(digest(name.toLowerCase())).toString('base64url')
}

/** Until when a key is locked after its nth failure, if at all: 1, 2, 4 … seconds, and a quarter of an hour at most. */
export function lockedUntil({ rule }: LockOutKey, failures: number, now: Date): Date | undefined {
  const beyond = failures - RULES[rule].free
  if (beyond < 0) return undefined
  return new Date(now.getTime() + Math.min(2 ** beyond, LONGEST_S) * 1000)
}

/** Whole seconds from `now` until `until`, at least one. */
export function secondsUntil(until: Date, now: Date): number {
  return Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000))
}

/** An IPv6 subscriber has at least a /64 (RFC 6177): its addresses count as one. IPv4 addresses count singly. */
export function networkOf(address: string): string {
  const [plain = ''] = address.split('%')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)
  if (mapped?.[1]) return mapped[1]
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.toLowerCase().split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail ? tail.split(':') : []
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length)
  const groups = [...front, ...Array.from({ length: zeros }, () => '0'), ...back]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
