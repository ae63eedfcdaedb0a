import type { AccessLink } from '@portreeve/client'

/** The page of what a link of a chain is about, from the root of the console; undefined where there is none. */
export function addressOfLink({ link, id }: AccessLink, chain: readonly AccessLink[]): string | undefined {
  if (id === undefined) return undefined
  if (link === 'user') return `users/${id}`
  if (link === 'team') return `teams/${id}`
  if (link !== 'rule') return undefined
  const team = chain.find((each) => each.link === 'team')?.id
  return team === undefined ? undefined : `teams/${team}/rules/${id}`
}
