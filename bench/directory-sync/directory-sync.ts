import { ApiClient } from '../../apps/server/src/app/testing/api-client.ts'
import { startScratchServer } from '../../tools/scratch-server.ts'
import { READER, USER_BASE } from '../../tools/slapd/scratch-ldif.ts'
import { startScratchSlapd } from '../../tools/slapd/scratch-slapd.ts'
import { startBenchDatabase } from '../harness/bench-database.ts'
import { type Benchmark, type Findings, ms } from '../harness/benchmark.ts'
import { interleave, timed } from '../harness/interleave.ts'
import { readPlainly } from './read-plainly.ts'
import { writePlainly } from './write-plainly.ts'

const PEOPLE = 20_000
const FILTER = '(uid=user*)'
const ROUNDS = { rounds: 5, warmUps: 1 }

/** A team of everybody in a large directory, synchronised over HTTP. */
export const directorySync: Benchmark = {
  name: 'directory-sync',
  title: `a team of ${PEOPLE} from a directory (slapd), over HTTP`,
  async run(): Promise<Findings> {
    await using slapd = await startScratchSlapd({ people: PEOPLE })
    await using bench = await startBenchDatabase()
    await using server = await startScratchServer({ env: { PORTREEVE_DATABASE_URL: bench.url } })
    const api = new ApiClient(server)
    const known = await makeTeam(api, { organisation: 1, url: slapd.url })
    await sync(api, known)
    const fresh = await prepareOrganisations(api, slapd.url)
    const times = await interleave(
      {
        full: (round) => timed(() => sync(api, fresh[round] ?? '')),
        unchanged: () => timed(() => sync(api, known)),
        peer: () => timed(() => readPlainly(slapd.url, FILTER)),
        written: () => writePlainly(bench, () => readPlainly(slapd.url, FILTER)),
      },
      ROUNDS,
    )
    const peer = { name: 'ldapts, the same pages', ...ms(times.peer) }
    return {
      results: [
        {
          what: 'everybody becomes a user and a member',
          ours: ms(times.full),
          peer,
          goal: { kind: 'at most', value: 2, of: 'ratio' },
        },
        {
          what: 'the same',
          ours: ms(times.full),
          peer: { name: 'ldapts, and two INSERTs', ...ms(times.written) },
        },
        {
          what: 'nothing has changed',
          ours: ms(times.unchanged),
          peer,
          goal: { kind: 'at most', value: 1.2, of: 'ratio' },
        },
      ],
      notes: ['slapd, PostgreSQL and both contestants share the machine'],
    }
  },
}

/** An organisation for each full round, since its users are made but once. */
async function prepareOrganisations(api: ApiClient, url: string): Promise<string[]> {
  const paths: string[] = []
  for (let round = 0; round < ROUNDS.rounds + ROUNDS.warmUps; round += 1) {
    const body = JSON.stringify({ name: `directory ${round}` })
    const made = await api.sendText('POST /v1/admin/organisations/', body, { 'content-type': 'application/json' })
    const { organisation_id } = made.content as { readonly organisation_id: string }
    paths.push(await makeTeam(api, { organisation: Number(organisation_id), url }))
  }
  return paths
}

/** Answers where the team is synchronised. */
async function makeTeam(
  api: ApiClient,
  { organisation, url }: { readonly organisation: number; readonly url: string },
): Promise<string> {
  const inside = `organisation=${organisation}`
  const ldapAuthority = {
    name: 'directory',
    url,
    userBase: USER_BASE,
    bindDn: READER.dn,
    bindPassword: READER.password,
  }
  const authority = await api.change(`POST /api/ldapauthorities?${inside}`, { ldapAuthority })
  const team = { name: 'everybody', ldapAuthority: authority.entityId, ldapFilter: FILTER }
  const { entityId } = await api.change(`POST /api/teams?${inside}`, { team })
  return `/api/teams/${entityId}/sync?${inside}`
}

async function sync(api: ApiClient, path: string): Promise<void> {
  const reply = await api.send(`POST ${path}`)
  const { found } = (reply.content ?? {}) as { readonly found?: string }
  if (found !== String(PEOPLE)) throw new Error(`A sync found ${found}: ${reply.text}`)
}
