import type { Page, PageRequest, PortreeveClient, Team } from '@portreeve/client'

/** A team in the tree. */
export interface TreeTeam {
  readonly id: string
  readonly name: string
  /** How many teams are directly below it. */
  readonly subteams: number
  readonly members: number
}

export interface TreePage {
  readonly teams: readonly TreeTeam[]
  readonly hasMore: boolean
}

const PAGE_SIZE = 50

/** Teams directly below one, or at the top, with what tells whether they can be opened. */
export async function readTreePage(
  client: PortreeveClient,
  {
    parent,
    page,
    signal,
  }: { readonly parent: string | undefined; readonly page: number; readonly signal: AbortSignal },
): Promise<TreePage> {
  const common: PageRequest = { page, pageSize: PAGE_SIZE, signal }
  const answer =
    parent === undefined
      ? // Descending, those without a parent come before all others.
        rootsOf(await client.teams.page({ ...common, sort: 'parentTeam', descending: true }), page)
      : toLevel(await client.teams.pageSubteams(parent, { ...common, sort: 'name' }), page)
  if (answer.teams.length === 0) return { teams: [], hasMore: false }
  const { counts } = await client.teams.count(answer.teams.map(({ id }) => id))
  const byId = new Map(counts.map((count) => [count.id, count]))
  const teams = answer.teams.map(({ id, name }) => {
    const count = byId.get(id)
    return { id, name, subteams: count?.subteams ?? 0, members: count?.users ?? 0 }
  })
  return { teams, hasMore: answer.hasMore }
}

interface Level {
  readonly teams: readonly Team[]
  readonly hasMore: boolean
}

/** Of all teams, roots first: the roots, in the order of their names; more of them are left while nothing else came. */
export function rootsOf({ items, total }: Page<Team>, page: number): Level {
  const roots = items.filter(({ parentTeam }) => parentTeam === undefined)
  const teams = roots.toSorted((one, other) => one.name.localeCompare(other.name, 'en'))
  return { teams, hasMore: roots.length === items.length && page * PAGE_SIZE < total }
}

function toLevel({ items, total }: Page<Team>, page: number): Level {
  return { teams: items, hasMore: page * PAGE_SIZE < total }
}
