import { NONE, READ, READ_WRITE, type Right, type Speech } from '../rules/index.ts'
import type { RightsInScope } from './rights-in-scope.ts'
import type { UserSets } from './user-sets.ts'

/** A line of a section, before it is decided how its users are written. `users` is a number from {@link UserSets}. */
export type PlannedEntry =
  | { readonly kind: 'everyone' | 'anonymous' | 'authenticated'; readonly right: Right }
  | { readonly kind: 'users'; readonly users: number; readonly inverted: boolean; readonly right: Right }

export interface SectionInput {
  readonly speech: Speech
  /** The rights at the nearest path above. */
  readonly inherited: RightsInScope
  /** Users who must stay without access under any wide grant. */
  readonly disabled: Int32Array
  readonly sets: UserSets
}

/** Users by the right they get. Nobody is in two of these sets, so Subversion has nothing to OR. */
type UsersByRight = Readonly<Record<Right, Int32Array>>

/** A right for all signed-in users, those who are to have less, and the exceptions in either direction. */
interface Blanket {
  readonly right: Right
  readonly less: Int32Array
  readonly exceptions: UsersByRight
}

const NOBODY = new Int32Array()
const GRANTS = [READ_WRITE, READ] as const
// Looking for what a redundant wide statement changes is given up when it takes much longer than writing a blanket.
const DEVIANTS_TO_LOOK_AT = 64

/**
 * The shortest entries that turn the inherited rights into what the speech about a path asks for: either those users
 * whose right changes, or a blanket over all signed-in users with its exceptions. Nothing, if nothing changes.
 */
export function planSection(input: SectionInput): PlannedEntry[] {
  const { speech, inherited, sets } = input
  const wide = speech.authenticated ?? speech.everyone
  const blanket = wide === undefined ? undefined : spread(wide, input)
  const changes = findChanges(wide, input)
  const anonymous = speech.everyone ?? inherited.anonymous
  const anonymousEntry: PlannedEntry[] =
    anonymous === inherited.anonymous ? [] : [{ kind: 'anonymous', right: anonymous }]
  if (!blanket || (changes && wordsForUsers(changes, sets) <= wordsForBlanket(blanket, sets))) {
    return [...anonymousEntry, ...(changes ? planUsers(changes, sets) : [])]
  }
  if (blanket.less.length > 0) return [...anonymousEntry, ...planInvertedBlanket(blanket, sets)]
  const everyone = anonymous === blanket.right
  const first: PlannedEntry = { kind: everyone ? 'everyone' : 'authenticated', right: blanket.right }
  return [...(everyone ? [] : anonymousEntry), first, ...planGrants(blanket, sets)]
}

/** Whose right changes, if that can be told from the users named in scope; else undefined. */
function findChanges(wide: Right | undefined, { speech, inherited }: SectionInput): UsersByRight | undefined {
  if (wide !== undefined && wide !== inherited.authenticated) return undefined
  const changed: Record<Right, number[]> = [[], [], []]
  speech.members.forEach((user, i) => {
    const right = (speech.rights[i] ?? NONE) as Right
    if (right !== inherited.rightOf(user)) changed[right].push(user)
  })
  if (wide !== undefined) {
    const deviants = inherited.deviants(DEVIANTS_TO_LOOK_AT + 2 * speech.members.length)
    if (!deviants) return undefined
    const members = new Set(speech.members)
    for (const user of deviants) if (!members.has(user)) changed[wide].push(user)
  }
  return [sorted(changed[NONE]), sorted(changed[READ]), sorted(changed[READ_WRITE])]
}

function spread(right: Right, { speech, disabled }: SectionInput): Blanket {
  const excepted: Record<Right, number[]> = [[], [], []]
  speech.members.forEach((user, i) => {
    const own = (speech.rights[i] ?? NONE) as Right
    if (own !== right) excepted[own].push(user)
  })
  if (right !== NONE) for (const user of disabled) excepted[NONE].push(user)
  const less = right === READ_WRITE ? [...excepted[NONE], ...excepted[READ]] : excepted[NONE]
  return {
    right,
    less: right === NONE ? NOBODY : sorted(less),
    exceptions: [sorted(excepted[NONE]), sorted(excepted[READ]), sorted(excepted[READ_WRITE])],
  }
}

function sorted(users: readonly number[]): Int32Array {
  return users.length === 0 ? NOBODY : new Int32Array(users).sort()
}

function wordsForUsers(users: UsersByRight, sets: UserSets): number {
  return sets.wordsFor(users[NONE]) + sets.wordsFor(users[READ]) + sets.wordsFor(users[READ_WRITE])
}

function wordsForBlanket({ less, exceptions }: Blanket, sets: UserSets): number {
  const grants = sets.wordsFor(exceptions[READ]) + sets.wordsFor(exceptions[READ_WRITE])
  return 1 + grants + sets.wordsFor(less) + (exceptions[NONE].length > 0 ? 1 : 0)
}

function planUsers(users: UsersByRight, sets: UserSets): PlannedEntry[] {
  return [READ_WRITE, READ, NONE].flatMap((right) =>
    entryFor({ users: users[right as Right], right: right as Right }, sets),
  )
}

function planGrants({ exceptions }: Blanket, sets: UserSets): PlannedEntry[] {
  return GRANTS.flatMap((right) => entryFor({ users: exceptions[right], right }, sets))
}

/**
 * Everybody but those with less, in one inverted entry: of two, each would grant to those the other leaves out. Whoever
 * is left out and granted nothing must still be mentioned, or would inherit.
 */
function planInvertedBlanket(blanket: Blanket, sets: UserSets): PlannedEntry[] {
  const { right, less, exceptions } = blanket
  const denied = exceptions[NONE].length > 0 ? entryFor({ users: less, right: NONE }, sets) : []
  return [{ kind: 'users', users: sets.intern(less), inverted: true, right }, ...planGrants(blanket, sets), ...denied]
}

function entryFor({ users, right }: { users: Int32Array; right: Right }, sets: UserSets): PlannedEntry[] {
  return users.length === 0 ? [] : [{ kind: 'users', users: sets.intern(users), inverted: false, right }]
}
