import type { Viewer } from '../../data-sources/index.ts'
import type { LinkReads } from '../data-source-access.ts'

export interface Named {
  readonly id: number
  readonly name: string
}

/** Which login credentials are for which data source. */
export interface LinkStore extends LinkReads {
  listLinked(dataSource: number): Promise<readonly number[]>

  /** Those of the organisation with one of these ids or (whatever the case) names. */
  findCandidates(
    organisation: number,
    wanted: { readonly ids: readonly number[]; readonly names: readonly string[] },
  ): Promise<readonly Named[]>

  /** Of these, those that the user neither made nor, by a data source they are linked to, is a steward of. */
  listForeign(viewer: Viewer, credentials: readonly number[]): Promise<readonly number[]>

  replaceLinks(organisation: number, dataSource: number, credentials: readonly number[]): Promise<void>
}
