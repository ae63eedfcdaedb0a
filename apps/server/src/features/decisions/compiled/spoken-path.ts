import { type Right, strongerRight } from '../../rules/index.ts'
import type { ModelPermission, ModelRule, Spot } from './model-parts.ts'
import { placeOf, withEntry, withoutEntry } from './number-sets.ts'

/** A path of a repository of which rules speak, and what they say there: all that one look needs, and no more. */
export class SpokenPath {
  readonly path: string
  /** The numbers of the rules that name their members, sorted. */
  rules: Uint32Array
  /** What each of them gives its members. */
  rights: Uint8Array
  authenticated: Right | undefined
  everyone: Right | undefined
  /** The permissions of all other rules. */
  #wide: readonly ModelPermission[]

  /** What `SpokenPaths` remembers of it. */
  above: SpokenPath | undefined
  aboveOf = -1

  /** @param permissions - all there are of the path in its repository */
  constructor(path: string, permissions: readonly ModelPermission[]) {
    this.path = path
    const named = new Map<number, Right>()
    for (const { rule, right } of permissions) {
      if (rule.audience === 'members') named.set(rule.number, strongerRight(named.get(rule.number), right))
    }
    this.rules = Uint32Array.from(named.keys()).sort()
    this.rights = Uint8Array.from(this.rules, (rule) => named.get(rule) as Right)
    this.#wide = permissions.filter(({ rule }) => rule.audience !== 'members')
    this.#hearWide()
  }

  get wide(): readonly ModelPermission[] {
    return this.#wide
  }

  get isSilent(): boolean {
    return this.rules.length === 0 && this.#wide.length === 0
  }

  /** Takes in anew what one rule says here: its permissions or its audience have changed. */
  hear(rule: ModelRule, here: readonly ModelPermission[]): void {
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
    const place = placeOf(this.rules, rule)
    if (right !== undefined && place >= 0) {
      this.rights[place] = right
    } else if (right !== undefined) {
      this.rules = withEntry(this.rules, -1 - place, rule)
      this.rights = withEntry(this.rights, -1 - place, right)
    } else if (place >= 0) {
      this.rules = withoutEntry(this.rules, place)
      this.rights = withoutEntry(this.rights, place)
    }
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

/** What a rule says of one path. */
export function permissionsAt(rule: ModelRule, { repository, path }: Spot): ModelPermission[] {
  return rule.permissions.filter((each) => each.path === path && each.repository === repository)
}
