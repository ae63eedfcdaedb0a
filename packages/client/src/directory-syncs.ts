import type { TeamSyncBody, TeamSyncDto, TeamSyncPreviewDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import { type HttpCore, path } from './http-core.ts'

/** What became of a directory sync of a team. */
export type DirectorySync = Static<typeof TeamSyncDto>
/** What a directory sync of a team would change now. */
export type DirectorySyncPreview = Static<typeof TeamSyncPreviewDto>
export type DirectorySyncOptions = Static<typeof TeamSyncBody>

/** Members that teams with a directory query get from there. */
export class DirectorySyncs {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  /** The last one of the team; refused as `sync.never` while there was none. */
  last(team: string): Promise<DirectorySync> {
    return this.#http.json({ method: 'GET', path: syncPath(team) })
  }

  /** Asks the directory, and changes nothing. */
  preview(team: string): Promise<DirectorySyncPreview> {
    return this.#http.json({ method: 'GET', path: `${syncPath(team)}/preview` })
  }

  /** Resolves when the change is decided; its task, if there was something to change, tells when it is enforced. */
  start(team: string, options: DirectorySyncOptions = {}): Promise<DirectorySync> {
    return this.#http.json({ method: 'POST', path: syncPath(team), body: options })
  }
}

function syncPath(team: string): string {
  return path`/api/teams/${team}/sync`
}
