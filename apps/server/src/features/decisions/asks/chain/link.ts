/** What a condition of a decision is about; in the order in which they are looked at. */
export type LinkName =
  | 'token'
  | 'organisation'
  | 'user'
  | 'connector'
  | 'client'
  | 'stewardship'
  | 'team'
  | 'rule'
  | 'permission'

/** One condition of a decision. */
export interface Link {
  readonly link: LinkName
  readonly outcome: 'allows' | 'refuses' | 'does_not_apply'
  readonly because: string
  /** Of what refuses: what would make it allow. */
  readonly change?: string
  readonly id?: string
  readonly name?: string
  /** Of a permission: the path that it speaks of. */
  readonly path?: string
  /** Of a team: those above it and itself, the root first. */
  readonly teams?: readonly NamedTeam[]
}

export interface NamedTeam {
  readonly id: string
  readonly name: string
}

export interface Decision {
  readonly allowed: boolean
  /** The first link that refuses is the last. */
  readonly chain: readonly Link[]
}

export function allows(link: LinkName, because: string, about: Partial<Link> = {}): Link {
  return { link, outcome: 'allows', because, ...about }
}

/** What a link that refuses says besides why. */
interface Mendable extends Partial<Link> {
  readonly change: string
}

export function refuses(link: LinkName, because: string, about: Mendable): Link {
  return { link, outcome: 'refuses', because, ...about }
}

export function doesNotApply(link: LinkName, because: string): Link {
  return { link, outcome: 'does_not_apply', because }
}
