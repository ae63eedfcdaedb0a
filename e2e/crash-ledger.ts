import assert from 'node:assert/strict'
import type { ApiClient, Fields } from '../apps/server/src/app/testing/api-client.ts'
import { makeResource, makeTeam, makeUser, type ResourceOf } from '../apps/server/src/app/testing/model-steps.ts'
import { askSubversionOnce } from '../tools/svn-oracle/ask-subversion.ts'

/** One person let in at one path: what each writer makes over and over, and all of it was acknowledged. */
export interface Entry {
  readonly username: string
  readonly team: string
  readonly user: string
  readonly rule: string
  /** Within the repository. */
  readonly path: string
}

/** What was acknowledged while the server was being killed. */
export class Ledger {
  /** Whatever has been made, by the URL it is to be found at. */
  readonly urls: string[] = []
  readonly tasks: string[] = []
  readonly entries: Entry[] = []
  #checkedUrls = 0
  #checkedTasks = 0
  readonly #revisions = new Set<string | undefined>()

  /** Proves of all that was acknowledged since the last call that it is there. */
  async assertNothingLost(api: ApiClient): Promise<void> {
    await inTurns(this.urls.slice(this.#checkedUrls), (url) => api.get(url))
    await inTurns(this.tasks.slice(this.#checkedTasks), async (id) => {
      const { state, revision } = await api.get(`/api/task/${id}`)
      assert.equal(state, 'COMPLETED')
      assert.ok(!this.#revisions.has(revision), 'Two changes have the same revision.')
      this.#revisions.add(revision)
    })
    this.#checkedUrls = this.urls.length
    this.#checkedTasks = this.tasks.length
  }

  /** Proves that all that was ever acknowledged is there still. */
  async assertAllThere(api: ApiClient): Promise<void> {
    this.#checkedUrls = 0
    this.#checkedTasks = 0
    this.#revisions.clear()
    await this.assertNothingLost(api)
  }
}

/** A few at a time. */
async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = [...items]
  const next = async (): Promise<void> => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item)
  }
  await Promise.all(Array.from({ length: 8 }, next))
}

export interface Writer {
  readonly api: ApiClient
  readonly ledger: Ledger
  readonly repository: string
  /** Distinguishes all that it makes from what others make. */
  readonly name: string
  onAcknowledged(): void
}

/** Makes entries until the server is gone; whatever was acknowledged by then is in the ledger. */
export async function writeUntilKilled(writer: Writer): Promise<void> {
  try {
    for (let index = 0; ; index += 1) await makeEntry(writer, `${writer.name}-${index}`)
  } catch (error) {
    // What fetch throws when the connection breaks; anything else is the server's own answer, and wrong.
    if (!(error instanceof TypeError)) throw error
  }
}

async function makeEntry({ api, ledger, repository, onAcknowledged }: Writer, name: string): Promise<void> {
  const noted = (url: string): void => {
    ledger.urls.push(url)
    onAcknowledged()
  }
  const user = await makeUser(api, name)
  noted(`/api/users/${user}`)
  const team = await makeTeam(api, name)
  noted(`/api/teams/${team}`)
  const place: ResourceOf = { team, repository, path: '/' }
  const resource = await makeResource(api, place)
  const change = async (operation: string, body: Readonly<Record<string, unknown>>): Promise<string> => {
    const { taskId, entityId } = await api.change(operation, body)
    ledger.tasks.push(taskId)
    onAcknowledged()
    return entityId
  }
  const ids = { ids: { ids: [user] } }
  await change(`POST /api/teams/${team}/members`, ids)
  const rule = await change(`POST /api/teams/${team}/rules`, { rule: { ruleName: name } })
  const url = `/api/teams/${team}/rules/${rule}`
  ledger.urls.push(url)
  await change(`POST ${url}/members`, ids)
  const permission = { ownerResource: resource, permissionType: 'READ_WRITE', path: name }
  ledger.entries.push({ username: name, team, user, rule, path: `/${name}` })
  await change(`POST ${url}/resourcepermissions`, { dtolist: { DTOs: [permission] } })
}

/** Proves that a published file says of every entry what the model says, whether or not its last step was acknowledged. */
export async function assertFileEqualsState(
  api: ApiClient,
  file: { readonly text: string; readonly repository: string },
  entries: readonly Entry[],
): Promise<void> {
  const access = askSubversionOnce({
    file: file.text,
    repository: file.repository,
    users: entries.map(({ username }) => username),
    paths: entries.map(({ path }) => path),
  })
  const expected = await Promise.all(
    entries.map(async ({ team, rule }) => {
      const { entries: said } = await api.list(`/api/teams/${team}/rules/${rule}/resourcepermissions`)
      return said.some((permission: Fields) => permission['permissionType'] === 'READ_WRITE') ? 'rw' : 'no'
    }),
  )
  const wanted = entries.map((_, row) => entries.map((_each, column) => (row === column ? expected[row] : 'no')))
  assert.deepEqual(access, wanted)
}
