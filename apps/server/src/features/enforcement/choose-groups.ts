import { type Atom, findAtoms } from '../rules/index.ts'
import { findCommonCores, subtract } from './find-common-cores.ts'

/** A member of a chosen group: a user's number, or another group's name. */
export type GroupMember = number | string

export interface ChosenGroups {
  readonly groups: ReadonlyMap<string, readonly GroupMember[]>
  /** For each set by its number, the group that stands for it, or undefined where its only user is named directly. */
  readonly groupOf: readonly (string | undefined)[]
}

/** A group to be written: these users, and those of the core if there is one. */
interface Unit {
  readonly name: string
  readonly users: Int32Array
  readonly core?: string
}

/**
 * Chooses the groups that take few words: each set of users is a group; what nearly equal large sets have in common is
 * a group nested in them; and so are users who go together through several sets, where that is shorter.
 */
export function chooseGroups(sets: readonly Int32Array[], mustBeGrouped: (user: number) => boolean): ChosenGroups {
  const groupOf = nameSets(sets, mustBeGrouped)
  const units = unitsOf(sets, groupOf)
  const atoms = findAtoms(units.map(({ users }) => users))
  const nested = nameNestedAtoms(atoms, units)
  const drafts = units.map(({ core }) => new GroupDraft(core))
  const parts: [string, GroupMember[]][] = []
  const unitNames = new Set(units.map(({ name }) => name))
  for (const atom of atoms) {
    const shared = nested.get(atom)
    if (shared !== undefined && !unitNames.has(shared)) parts.push([shared, atom.users])
    for (const unit of atom.sets) drafts[unit]?.add(atom, units[unit]?.name === shared ? undefined : shared)
  }
  const written = units.map(({ name }, i) => [name, drafts[i]?.members() ?? []] as const)
  return { groups: new Map([...parts, ...written]), groupOf }
}

function nameSets(sets: readonly Int32Array[], mustBeGrouped: (user: number) => boolean): (string | undefined)[] {
  let count = 0
  return sets.map((users) => (users.length > 1 || users.some(mustBeGrouped) ? `g${++count}` : undefined))
}

function unitsOf(sets: readonly Int32Array[], groupOf: readonly (string | undefined)[]): Unit[] {
  const coreOf = new Map<number, Unit>()
  const cores: Unit[] = []
  for (const { users, sets: family } of findCommonCores(sets)) {
    // A set that is the core needs no second group.
    const same = family.find((set) => sets[set]?.length === users.length)
    const name = (same === undefined ? undefined : groupOf[same]) ?? `core${cores.length + 1}`
    const core = { name, users }
    if (same === undefined) cores.push(core)
    for (const set of family) if (set !== same) coreOf.set(set, core)
  }
  const units = sets.map((users, set): Unit | undefined => {
    const name = groupOf[set]
    const core = coreOf.get(set)
    if (name === undefined) return undefined
    return core ? { name, users: subtract(users, core.users), core: core.name } : { name, users }
  })
  return [...cores, ...units.filter((unit) => unit !== undefined)]
}

/** Names for the atoms worth a group of their own. One that is the whole of a group already has it. */
function nameNestedAtoms(atoms: readonly Atom[], units: readonly Unit[]): Map<Atom, string> {
  const nested = new Map<Atom, string>()
  let parts = 0
  for (const atom of atoms) {
    const [size, uses] = [atom.users.length, atom.sets.length]
    const holders = atom.sets.map((set) => units[set])
    const whole = holders.find((unit) => unit && unit.core === undefined && unit.users.length === size)
    if (whole) {
      if (size > 1 && uses > 1) nested.set(atom, whole.name)
    } else if (size * uses > size + uses + 1) nested.set(atom, `part${++parts}`)
  }
  return nested
}

/** A group in the making: nested groups first, then users in the order of their names. */
class GroupDraft {
  readonly #nested: string[]
  readonly #users: number[] = []

  constructor(core: string | undefined) {
    this.#nested = core === undefined ? [] : [core]
  }

  add({ users }: Atom, shared: string | undefined): void {
    if (shared === undefined) for (const user of users) this.#users.push(user)
    else this.#nested.push(shared)
  }

  members(): GroupMember[] {
    return [...this.#nested, ...this.#users.sort((a, b) => a - b)]
  }
}
