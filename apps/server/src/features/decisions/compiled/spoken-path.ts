import { type Audience, type Right, strongerRight } from '../../rules/index.ts'

/** As much of a permission as it takes to hear what it says. */
export interface Saying {
  readonly rule: { readonly number: number; readonly audience: Audience }
  readonly right: Right
}

/** A path of a repository of which rules speak, and what they say there: all that one look needs, and no more. */
export class SpokenPath<Permission extends Saying> {
  readonly path: string
  /**
   * What each rule that names its members gives them, as `entryOf` has it, sorted by rule. One plain array, mostly of one
   * entry: typed arrays take hundreds of bytes for each path before the first entry.
   */
  named: readonly number[]
  authenticated: Right | undefined
  everyone: Right | undefined
  /** The permissions of all other rules. */
  #wide: readonly Permission[]

  /** What `SpokenPaths` remembers of it: the next with the same hash, and the path above. */
  twin: SpokenPath<Permission> | undefined
  above: SpokenPath<Permission> | undefined
  aboveOf = -1

  /** @param permissions - all there are of the path in its repository */
  constructor(path: string, permissions: readonly Permission[]) {
    this.path = path
    const named = new Map<number, Right>()
    for (const { rule, right } of permissions) {
      if (rule.audience === 'members') named.set(rule.number, strongerRight(named.get(rule.number), right))
    }
    this.named = Array.from(named, ([rule, right]) => entryOf(rule, right)).sort((a, b) => a - b)
    this.#wide = permissions.filter(({ rule }) => rule.audience !== 'members')
    this.#hearWide()
  }

  get wide(): readonly Permission[] {
    return this.#wide
  }

  get isSilent(): boolean {
    return this.named.length === 0 && this.#wide.length === 0
  }

  /** Takes in anew what one rule says here: its permissions or its audience have changed. */
  hear(rule: Permission['rule'], here: readonly Permission[]): void {
    const isNamed = rule.audience === 'members'
    const wide = this.#wide.filter((permission) => permission.rule !== rule)
    this.#wide = isNamed ? wide : [...wide, ...here]
    this.#hearWide()
    const right = here.reduce<Right | undefined>(
      (heard, permission) => strongerRight(heard, permission.right),
      undefined,
    )
    this.#setRight(rule.number, isNamed ? right : undefined)
  }

  #setRight(rule: number, right: Right | undefined): void {
    const place = placeOfRule(this.named, rule)
    const isThere = ruleOf(this.named[place] ?? -1) === rule
    this.named = this.named.toSpliced(place, isThere ? 1 : 0, ...(right === undefined ? [] : [entryOf(rule, right)]))
  }

  #hearWide(): void {
    this.authenticated = undefined
    this.everyone = undefined
    for (const { rule, right } of this.#wide) {
      if (rule.audience === 'everyone') this.everyone = strongerRight(this.everyone, right)
      else this.authenticated = strongerRight(this.authenticated, right)
    }
  }
}

/** A rule's number and what it gives, in one number. */
function entryOf(rule: number, right: Right): number {
  return rule * 4 + right
}

export function ruleOf(entry: number): number {
  return entry >> 2
}

export function rightIn(entry: number): Right {
  return (entry & 3) as Right
}

/** What a rule gives by the entries of `SpokenPath.named`. */
export function rightNamedBy(named: readonly number[], rule: number): Right | undefined {
  const entry = named[placeOfRule(named, rule)]
  return entry !== undefined && ruleOf(entry) === rule ? rightIn(entry) : undefined
}

/** Where the entry of a rule is, or would be put. */
function placeOfRule(named: readonly number[], rule: number): number {
  let low = 0
  let high = named.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ruleOf(named[middle] as number) < rule) low = middle + 1
    else high = middle
  }
  return low
}
