import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Access } from '@portreeve/svn-authz'
import { ApiClient } from '../apps/server/src/app/testing/api-client.ts'
import {
  join,
  makeRepository,
  makeResource,
  makeRule,
  makeTeam,
  makeUser,
  permit,
} from '../apps/server/src/app/testing/model-steps.ts'
import { FORMATS, type Format } from '../apps/server/src/app/testing/wire-format.ts'
import { type ScratchServer, startScratchServer } from '../tools/scratch-server.ts'
import { askSubversionOnce } from '../tools/svn-oracle/ask-subversion.ts'
import { type StartSvnHost, type SvnSite, startSvnSite } from './svn-site.ts'
import { KeptConnection } from './svn-site-connection.ts'
import { apacheByParentPath, startApacheByLocation, startSvnserveHost } from './svn-site-hosts.ts'

const DIRECTORIES = ['/trunk', '/trunk/src', '/trunk/secret', '/trunk/secret/deep', '/docs'] as const
/** Who is who in these journeys. */
const WRITER = 'wren'
const READER = 'Réka Łukasz'
const HIDDEN = 'hal'
const STRANGER = 'sue'
const ANONYMOUS = undefined
const PEOPLE = [WRITER, READER, HIDDEN, STRANGER, ANONYMOUS]

/** Where visitors are let in as far as the rules let everybody in. */
const OPEN_HOSTS = {
  svnserve: startSvnserveHost,
  'Apache with a Location for each repository': startApacheByLocation,
  'Apache with a Location for all repositories': apacheByParentPath('let in'),
} as const

let server: ScratchServer
before(async () => {
  server = await startScratchServer()
})
after(() => server?.[Symbol.asyncDispose]())

/** Tells the organisations of different journeys apart. */
let journeys = 0

/** One organisation of people round one repository, as the journeys below find it. */
class Journey implements AsyncDisposable {
  readonly api: ApiClient
  readonly site: SvnSite
  readonly repository: string
  readonly ids = new Map<string, string>()
  team = ''
  resource = ''
  readers = ''
  writers = ''
  readonly #number: number
  #latest = ''

  static async begin(format: Format, startHost: StartSvnHost): Promise<Journey> {
    journeys += 1
    const number = journeys
    const users = [WRITER, READER, HIDDEN, STRANGER].map((name) => nameIn(number, name))
    const site = await startSvnSite({ authzDir: server.authzDir, users, startHost })
    const journey = new Journey({ format, site, number })
    await journey.#begin()
    return journey
  }

  private constructor({ format, site, number }: { format: Format; site: SvnSite; number: number }) {
    this.api = new ApiClient({ url: server.url, token: server.token, format })
    this.site = site
    this.#number = number
    this.repository = `calc-${number}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.site[Symbol.asyncDispose]()
  }

  async #begin(): Promise<void> {
    const { api, repository } = this
    await makeRepository(api, repository)
    this.team = await makeTeam(api, `core ${this.#number}`)
    for (const name of [WRITER, READER, HIDDEN, STRANGER]) this.ids.set(name, await makeUser(api, this.nameOf(name)))
    await join(api, this.team, this.idsOf(WRITER, READER, HIDDEN))
    this.resource = await makeResource(api, { team: this.team, repository, path: '/trunk' })
    this.writers = await this.rule('writers', 'READ_WRITE', [WRITER])
    this.readers = await this.rule('readers', 'READ', [READER, HIDDEN])
    const secrets = await makeRule(api, { team: this.team, name: 'no secrets', members: this.idsOf(HIDDEN) })
    const denial = { resource: this.resource, type: 'NONE', path: 'secret' } as const
    this.#latest = await permit(api, { team: this.team, rule: secrets, permissions: [denial] })
    await this.site.addRepository(repository, DIRECTORIES)
  }

  rule(name: string, type: 'READ_WRITE' | 'READ', members: readonly string[]): Promise<string> {
    const permissions = [{ resource: this.resource, type }]
    return makeRule(this.api, { team: this.team, name, members: this.idsOf(...members), permissions })
  }

  /** A rule that speaks of more than its members. */
  async widen(audience: 'authenticated' | 'everyone', path: string): Promise<void> {
    const { api, team, repository } = this
    const resource = await makeResource(api, { team, repository, path })
    const rule = await makeRule(api, { team, name: audience, audience })
    this.#latest = await permit(api, { team, rule, permissions: [{ resource, type: 'READ' }] })
  }

  async change(operation: string, body?: Readonly<Record<string, unknown>>): Promise<void> {
    this.#latest = (await this.api.change(operation, body)).taskId
  }

  /** What Subversion lets each of them do, once the latest change is enforced. */
  async access(directory: (typeof DIRECTORIES)[number]): Promise<Access[]> {
    await this.api.enforced(this.#latest)
    const { site, repository } = this
    return await Promise.all(PEOPLE.map((name) => site.accessOf(name && this.nameOf(name), repository, directory)))
  }

  /** What the published file says of them, whoever asks. */
  async accessByName(directory: string): Promise<(Access | undefined)[]> {
    const { repository } = this
    const file = await readFile(joinPath(server.authzDir, `${repository}.authz`), 'utf8')
    const users = PEOPLE.map((name) => name && this.nameOf(name))
    return askSubversionOnce({ file, repository, users, paths: [directory] }).map(([access]) => access)
  }

  nameOf(name: string): string {
    return nameIn(this.#number, name)
  }

  idsOf(...names: readonly string[]): string[] {
    return names.map((name) => this.ids.get(name) ?? '')
  }
}

/** Users are one crowd, whatever organisation they belong to. */
function nameIn(journey: number, name: string): string {
  return `${name} ${journey}`
}

for (const format of FORMATS) {
  for (const [host, startHost] of Object.entries(OPEN_HOSTS)) {
    describe(`what is administered in ${format}, ${host} obeys`, () => {
      let journey: Journey
      before(async () => {
        journey = await Journey.begin(format, startHost)
      })
      after(() => journey?.[Symbol.asyncDispose]())

      // One journey in steps: each begins where the one before it ended.
      test('rules give what they say, denials below included, and nothing elsewhere', async () => {
        assert.deepEqual(await journey.access('/trunk'), ['rw', 'r', 'r', 'no', 'no'])
        assert.deepEqual(await journey.access('/trunk/src'), ['rw', 'r', 'r', 'no', 'no'])
        assert.deepEqual(await journey.access('/trunk/secret'), ['rw', 'r', 'no', 'no', 'no'])
        assert.deepEqual(await journey.access('/trunk/secret/deep'), ['rw', 'r', 'no', 'no', 'no'])
        assert.deepEqual(await journey.access('/docs'), ['no', 'no', 'no', 'no', 'no'])
      })

      test('a wider audience lets in everybody who is signed in, then visitors too', async () => {
        await journey.widen('authenticated', '/docs')
        assert.deepEqual(await journey.access('/docs'), ['r', 'r', 'r', 'r', 'no'])
        await journey.widen('everyone', '/')
        // The nearer rule does not speak of visitors, so the one above it decides for them.
        assert.deepEqual(await journey.access('/docs'), ['r', 'r', 'r', 'r', 'r'])
        assert.deepEqual(await journey.access('/trunk'), ['rw', 'r', 'r', 'r', 'r'])
        // The client says who one is only where a visitor may not: whom a rule denies what visitors have, reads as a visitor.
        assert.deepEqual(await journey.access('/trunk/secret'), ['rw', 'r', 'r', 'r', 'r'])
        assert.deepEqual(await journey.accessByName('/trunk/secret'), ['rw', 'r', 'no', 'r', 'r'])
      })

      test('who is taken out of a rule has left by the next command', async () => {
        const { api, team, writers } = journey
        const url = `/api/teams/${team}/rules/${writers}/members`
        await journey.change(`POST ${url}/delete`, { ids: { ids: journey.idsOf(WRITER) } })
        assert.deepEqual(await journey.access('/trunk'), ['r', 'r', 'r', 'r', 'r'])
        await journey.change(`POST ${url}`, { ids: { ids: journey.idsOf(WRITER, READER) } })
        assert.deepEqual(await journey.access('/trunk'), ['rw', 'rw', 'r', 'r', 'r'])
        assert.equal((await api.list(url)).total, 2)
      })

      test('a rule deleted no longer gives anything, and a team deleted takes the rest along', async () => {
        const { team, writers } = journey
        await journey.change(`DELETE /api/teams/${team}/rules/${writers}`)
        assert.deepEqual(await journey.access('/trunk'), ['r', 'r', 'r', 'r', 'r'])
        await journey.change(`DELETE /api/teams/${team}`)
        assert.deepEqual(await journey.access('/trunk'), ['no', 'no', 'no', 'no', 'no'])
      })
    })
  }
}

test('an Apache that lets visitors in holds to a name whoever gives one unasked', async () => {
  await using journey = await Journey.begin('json', apacheByParentPath('let in'))
  await journey.widen('everyone', '/')
  assert.deepEqual(await journey.access('/trunk/secret'), ['rw', 'r', 'r', 'r', 'r'])
  const url = journey.site.urlOf(journey.repository, '/trunk/secret/readme')
  using hidden = new KeptConnection(url, journey.nameOf(HIDDEN))
  assert.equal(await hidden.get(), 403)
  using reader = new KeptConnection(url, journey.nameOf(READER))
  assert.equal(await reader.get(), 200)
})

describe('an Apache that asks everybody who they are', () => {
  let journey: Journey
  before(async () => {
    journey = await Journey.begin('json', apacheByParentPath('asked who they are'))
  })
  after(() => journey?.[Symbol.asyncDispose]())

  // One journey in steps: each begins where the one before it ended.
  test('keeps from a member what a rule denies, though everyone may read above', async () => {
    await journey.widen('everyone', '/')
    assert.deepEqual(await journey.access('/docs'), ['r', 'r', 'r', 'r', 'no'])
    assert.deepEqual(await journey.access('/trunk/secret'), ['rw', 'r', 'no', 'r', 'no'])
  })

  test('lets a connection end by the rules that it began with', async () => {
    const { team, site, repository } = journey
    using connection = new KeptConnection(site.urlOf(repository, '/docs/readme'), journey.nameOf(READER))
    assert.equal(await connection.get(), 200)
    await journey.change(`DELETE /api/teams/${team}`)
    assert.deepEqual(await journey.access('/docs'), ['no', 'no', 'no', 'no', 'no'])
    assert.equal(await connection.get(), 200)
  })
})
