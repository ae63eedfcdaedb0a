import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateAuthz } from '../../features/enforcement/generate-authz.ts'
import { readRights } from '../../features/enforcement/rights.sql.ts'
import type { ApiClient, Fields } from './api-client.ts'
import type { ModelServer } from './model-server.ts'

/** Texts of files, by the names of their repositories. */
export type Files = Readonly<Record<string, string>>

/** Changes settings that must be taken. */
export async function set(api: ApiClient, settings: Readonly<Record<string, unknown>>): Promise<Fields> {
  const reply = await api.send('PUT /api/settings', { settings })
  assert.equal(reply.status, 200, reply.text)
  return reply.content as Fields
}

/** Enforces what waits, all or up to a revision, and waits until its files are there. */
export async function apply(server: ModelServer, revision?: number): Promise<Fields> {
  const reply = await server.root.send('POST /api/enforcement/apply', { apply: { revision } })
  assert.equal(reply.status, 202, reply.text)
  await server.published()
  return await server.root.get('/api/enforcement')
}

/** The files as they are published. */
export async function publishedFiles(server: ModelServer): Promise<Files> {
  await server.published()
  return await filesOf(server, ({ name }) => readFile(join(server.authzDir, `${name}.authz`), 'utf8'))
}

/** The files as they would be, were everything enforced right now. */
export async function filesAtHead({ root, database }: ModelServer): Promise<Files> {
  return await filesOf({ root }, async ({ id }) => {
    const rights = (await readRights(database, { organisation: 1, state: 'head' }, [id])).get(id)
    return generateAuthz(rights ?? { statements: [], disabled: [] })
  })
}

async function filesOf(
  { root }: Pick<ModelServer, 'root'>,
  read: (repository: { readonly id: string; readonly name: string }) => Promise<string>,
): Promise<Files> {
  const { entries } = await root.list('/api/repositories?pageSize=1000')
  const texts = entries.map(async ({ id = '', name = '' }) => [name, await read({ id, name })] as const)
  return Object.fromEntries(await Promise.all(texts))
}
