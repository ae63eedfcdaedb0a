import { defineErrors } from '../../../kernel/errors.ts'

/** A user, as this interface names people. */
export interface Person {
  /** A user id. */
  readonly id: string
  /** The display name, else the username. */
  readonly name: string
}

/** How a request names somebody: by id, or by username or display name. */
export type PersonReference = string | { readonly id?: string; readonly name?: string }

/** A user who may be meant. */
export interface Candidate extends Person {
  readonly username: string
  readonly displayName: string | null
}

export interface PeopleReads {
  /** Users of the organisation with one of these ids, usernames or (whatever the case) display names; in one statement. */
  findCandidates(organisation: number, wanted: readonly string[]): Promise<readonly Candidate[]>
}

const personErrors = defineErrors('person', {
  unknown: {
    kind: 'invalid',
    message: (index: number, who: string) => `stewards[${index}]: there is no person ${JSON.stringify(who)}`,
  },
  ambiguous: {
    kind: 'invalid',
    message: (index: number, who: string) =>
      `stewards[${index}]: there are several people ${JSON.stringify(who)}; name one by id or username`,
  },
  unnamed: { kind: 'invalid', message: (index: number) => `stewards[${index}] must have an id or a name` },
})

/**
 * The people that a request names, each once, in the order of their names. Throws `person.unknown`, `.ambiguous` or
 * `.unnamed`.
 */
export async function findPeople(
  people: PeopleReads,
  organisation: number,
  references: readonly PersonReference[],
): Promise<readonly Person[]> {
  if (references.length === 0) return []
  const wanted = references.map(wordOf)
  const candidates = await people.findCandidates(organisation, wanted)
  const found = wanted.map((who, index) => pick(candidates, who, index))
  return [...new Map(found.map((person) => [person.id, person])).values()].toSorted(byName)
}

export function idsOf<Id>(things: readonly { readonly id: Id }[]): readonly Id[] {
  return things.map(({ id }) => id)
}

/** An id says more than the name beside it. */
function wordOf(reference: PersonReference, index: number): string {
  const word = typeof reference === 'string' ? reference : (reference.id ?? reference.name)
  if (word === undefined) throw personErrors.unnamed(index)
  return word
}

/** What is unique comes first: an id, a username, then a display name that only one has. */
function pick(candidates: readonly Candidate[], who: string, index: number): Person {
  const lower = who.toLowerCase()
  const exact = candidates.find(({ id }) => id === lower) ?? candidates.find(({ username }) => username === who)
  const named = candidates.filter(({ displayName }) => displayName?.toLowerCase() === lower)
  const [person, other] = exact ? [exact] : named
  if (!person) throw personErrors.unknown(index, who)
  if (other) throw personErrors.ambiguous(index, who)
  return { id: person.id, name: person.name }
}

function byName(a: Person, b: Person): number {
  if (a.name === b.name) return a.id < b.id ? -1 : 1
  return a.name < b.name ? -1 : 1
}
