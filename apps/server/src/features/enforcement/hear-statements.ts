import type { Statement } from '../rules/index.ts'
import type { UserIndex } from './index-users.ts'
import { RIGHT_OF, type Right, strongerRight } from './right.ts'

/** What all statements about one path say, with their conflicts resolved inside each audience. */
export interface Speech {
  readonly everyone: Right | undefined
  readonly authenticated: Right | undefined
  /** The users spoken of by name, sorted; `rights[i]` is what `members[i]` has. */
  readonly members: Int32Array
  readonly rights: Uint8Array
}

export function hearStatements(statements: readonly Statement[], users: UserIndex): Speech {
  let everyone: Right | undefined
  let authenticated: Right | undefined
  const named: Statement[] = []
  for (const statement of statements) {
    const right = RIGHT_OF[statement.permissionType]
    if (statement.audience === 'members') named.push(statement)
    else if (statement.audience === 'everyone') everyone = strongerRight(everyone, right)
    else authenticated = strongerRight(authenticated, right)
  }
  return { everyone, authenticated, ...hearMembers(named, users) }
}

function hearMembers(statements: readonly Statement[], users: UserIndex): Pick<Speech, 'members' | 'rights'> {
  const [first, ...others] = statements
  if (first && others.length === 0) {
    const members = users.membersOf(first.members)
    return { members, rights: new Uint8Array(members.length).fill(RIGHT_OF[first.permissionType]) }
  }
  const rightOf = new Map<number, Right>()
  for (const { permissionType, members } of statements) {
    const right = RIGHT_OF[permissionType]
    for (const user of users.membersOf(members)) rightOf.set(user, strongerRight(rightOf.get(user), right))
  }
  const members = Int32Array.from(rightOf.keys()).sort()
  return { members, rights: Uint8Array.from(members, (user) => rightOf.get(user) ?? 0) }
}
