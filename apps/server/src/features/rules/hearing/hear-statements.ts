import type { Statement } from '../statement.ts'
import { RIGHT_OF, type Right, strongerRight } from './right.ts'

/** What all statements about one path say, with their conflicts resolved inside each audience. */
export interface Speech {
  readonly everyone: Right | undefined
  readonly authenticated: Right | undefined
  /** Whoever is spoken of by name, sorted; `rights[i]` is what `members[i]` has. */
  readonly members: Int32Array
  readonly rights: Uint8Array
}

/** Whoever can be spoken of by name, as numbers. */
export interface Hearers {
  /** Sorted, each once. */
  membersOf(members: readonly string[]): Int32Array
}

export function hearStatements(statements: readonly Statement[], hearers: Hearers): Speech {
  let everyone: Right | undefined
  let authenticated: Right | undefined
  const named: Statement[] = []
  for (const statement of statements) {
    const right = RIGHT_OF[statement.permissionType]
    if (statement.audience === 'members') named.push(statement)
    else if (statement.audience === 'everyone') everyone = strongerRight(everyone, right)
    else authenticated = strongerRight(authenticated, right)
  }
  return { everyone, authenticated, ...hearMembers(named, hearers) }
}

function hearMembers(statements: readonly Statement[], hearers: Hearers): Pick<Speech, 'members' | 'rights'> {
  const [first, ...others] = statements
  if (first && others.length === 0) {
    const members = hearers.membersOf(first.members)
    return { members, rights: new Uint8Array(members.length).fill(RIGHT_OF[first.permissionType]) }
  }
  const rightOf = new Map<number, Right>()
  for (const { permissionType, members } of statements) {
    const right = RIGHT_OF[permissionType]
    for (const hearer of hearers.membersOf(members)) rightOf.set(hearer, strongerRight(rightOf.get(hearer), right))
  }
  const members = Int32Array.from(rightOf.keys()).sort()
  return { members, rights: Uint8Array.from(members, (hearer) => rightOf.get(hearer) ?? 0) }
}
