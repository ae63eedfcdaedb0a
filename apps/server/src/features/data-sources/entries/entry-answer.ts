import { versionOf } from '../../../kernel/version.ts'
import type { EntryFilterQuery } from './entry-text.ts'
import type { Person } from './person.ts'

/** What entries of every type have. */
export interface Entry {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly status: string
  readonly aliases: string
  readonly abbreviations: string
  readonly userData: string
  readonly createdAt: Date
  readonly modifiedAt: Date
}

/**
 * Which version of itself an entry is, as one user sees it: made of all that it holds, the time of its last change and whether they follow it
 * included.
 */
export function versionOfEntry(entry: Entry): string {
  return versionOf([JSON.stringify(entry)])
}

/** How entries of a type are shown. */
export interface EntryKind {
  /** `Group` */
  readonly type: string
  /** What its path ends with before the id: `groups`. */
  readonly collection: string
  /** The original's path of its page, up to the id: `/group/view.spg?groupKey=`. */
  readonly link: string
}

/** The fields that every entry's answer begins with (packages/contract, `entryFields`). */
export function entryAnswer({ type, collection, link }: EntryKind, entry: Entry) {
  return {
    id: entry.id,
    name: entry.name,
    type,
    url: `/v1/${collection}/${entry.id}`,
    link: `${link}${entry.id}`,
    createdAt: toUnixSeconds(entry.createdAt),
    modifiedAt: toUnixSeconds(entry.modifiedAt),
    description: entry.description,
    status: entry.status,
    aliases: entry.aliases,
    abbreviations: entry.abbreviations,
    userData: entry.userData,
  }
}

export function personAnswer({ id, name }: Person) {
  return { id, name, type: 'person', url: `/api/users/${id}` }
}

/** The `metadata_` of a list: the part that was asked for, how much there is, and what it was narrowed by. */
export function listMetadata(query: EntryFilterQuery, totalCount: number) {
  return { ...query, totalCount }
}

/** What a deletion, and any act without a result of its own, is answered with. */
export const OK_ANSWER = { message: 'OK', status: '200' } as const

export function toUnixSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000)
}
