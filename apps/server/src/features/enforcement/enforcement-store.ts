import type { RepositoryRights } from '../rules/index.ts'

/** A repository whose file is older than what touched it last. */
export interface StaleRepository {
  readonly id: string
  readonly name: string
  /** Counts what made its file due; the file that is generated now is up to date until it goes on. */
  readonly edition: number
  /** Of the file as it is published now; null before the first. */
  readonly etag: string | null
}

/** What there is to publish, all from one state of the model. */
export interface StaleState {
  /** The revision it is the state of: the one that is to be enforced. */
  readonly revision: number
  /** True when that revision is enforced already: with nothing stale besides, there is nothing to do. */
  readonly isEnforced: boolean
  readonly repositories: readonly (StaleRepository & { readonly rights: RepositoryRights })[]
  /** True when more repositories are stale than `repositories` holds. */
  readonly isPartial: boolean
}

/** A generated file. */
export interface AuthzFile {
  readonly repositoryId: string
  readonly repositoryName: string
  readonly etag: string
  readonly content: string
}

export interface PublishedFile extends AuthzFile {
  readonly organisation: number
}

export interface Publication {
  readonly organisation: number
  readonly revision: number
  /** The files that differ from what was published before. */
  readonly changed: readonly AuthzFile[]
  /** All that are now up to date, changed or not. */
  readonly repositories: readonly Pick<StaleRepository, 'id' | 'edition'>[]
  /** True when nothing older is left to publish, so that the model is enforced up to the revision. */
  readonly isComplete: boolean
}

export interface EnforcementStore {
  /** Holds the publication of the organisation's files on every node while `work` runs. */
  withPublicationLock<T>(organisation: number, work: () => Promise<T>): Promise<T>
  readStale(organisation: number, limit: number): Promise<StaleState>
  savePublication(publication: Publication): Promise<void>
  /** Organisations in which something waits to be published. */
  listStaleOrganisations(): Promise<readonly number[]>
  /** Published files of all organisations in the order of their repositories' ids, from after `afterId` on. */
  listPublished(afterId: string, limit: number): Promise<readonly PublishedFile[]>
  findPublished(organisation: number, repositoryIds: readonly string[]): Promise<readonly AuthzFile[]>
}
