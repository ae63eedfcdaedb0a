import { FileIndexDto, FileIndexQuery } from '@portreeve/contract'
import { defineRoute, notModified, type Route } from '../../../platform/http/route.ts'
import { assertMayViewTeams } from '../../teams/index.ts'
import { type FileIndex, type FileIndexStore, toFileIndex } from './file-index.ts'
import type { FileIndexWatch } from './file-index-watch.ts'

export interface FileRoutesDeps {
  readonly store: FileIndexStore
  readonly watch: Pick<FileIndexWatch, 'next'>
}

/** What hosts that keep copies of the files follow. */
export function fileRoutes({ store, watch }: FileRoutesDeps): Route[] {
  return [
    defineRoute({
      name: 'getAuthzFileIndex',
      method: 'GET',
      url: '/api/enforcement/files',
      dialect: 'teams',
      summary: 'List all published authz files; `wait` and `If-None-Match` hold the answer until one of them changes',
      access: 'signed-in',
      permission: 'allow_modify_teams or allow_view_users',
      formats: 'json+xml',
      query: FileIndexQuery,
      answers: {
        200: {
          description:
            'All of them, since only the whole tells which are gone. Its ETag changes when one of them does.',
          schema: FileIndexDto,
        },
      },
      async handle({ caller, query, holds, signal }) {
        assertMayViewTeams(caller)
        const { organisation } = caller
        const now = await readIndex(store, organisation)
        const forMs = (query.wait ?? 0) * 1000
        const index = forMs > 0 && holds(now.tag) ? await watch.next({ organisation, index: now, forMs, signal }) : now
        if (holds(index.tag)) return notModified(index.tag)
        return { status: 200, entityTag: index.tag, body: { files: index.files } }
      },
    }),
  ]
}

async function readIndex(store: FileIndexStore, organisation: number): Promise<FileIndex> {
  return (await store.readFileIndexes([organisation])).get(organisation) ?? toFileIndex([])
}
