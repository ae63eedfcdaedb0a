import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateAuthz } from '../../apps/server/src/features/enforcement/generate-authz.ts'
import { type Benchmark, type Findings, ms, type Result } from '../harness/benchmark.ts'
import { interleave, type Rounds, timed } from '../harness/interleave.ts'
import { makeScratchDirectory } from '../harness/scratch-directory.ts'
import { EMPTY_FILE, naiveFile, READER, rightsOf, sampleRepositories } from '../svn-ls/sample-rights.ts'
import { makeTemplate } from '../svn-ls/svn-host.ts'
import { type ApacheVisits, LINK, makeRepositories, PATHS_IN_WIDE, startApache } from './apache-host.ts'

const LIST_ROUNDS = { rounds: 60, warmUps: 5 }
const LIST_ALL_ROUNDS = { rounds: 10, warmUps: 1 }
const REQUEST_ROUNDS = { rounds: 200, warmUps: 20 }
/** Each takes seconds with everything in one file. */
const CHANGE_ROUNDS = { rounds: 3, warmUps: 0 }
const GOAL = { kind: 'at most', value: 1.3, of: 'ratio' } as const
const NAMES = sampleRepositories.map(({ name }) => name)
const [FIRST = ''] = NAMES

/** What our files add to a Subversion command, and to a single request, over HTTP. */
export const apache: Benchmark = {
  name: 'apache',
  title: 'a listing through Apache, 100 repositories with 10,000 sections in all',
  async run(): Promise<Findings> {
    await using directory = await makeScratchDirectory()
    const files = await writeFiles(directory.path)
    const root = join(directory.path, 'repositories')
    const template = await makeTemplate(directory.path)
    await makeRepositories({ root, template, names: NAMES, fileOf: files.ours })
    await using servers = new AsyncDisposableStack()
    const start = async (...rules: readonly string[]): Promise<ApacheVisits> =>
      servers.use(await startApache(root, READER, rules))
    const ours = `AuthzSVNReposRelativeAccessFile ${LINK}`
    const results = await measure(files, {
      ours: await start(ours, 'SVNPathAuthz short_circuit'),
      asking: await start(ours, 'SVNPathAuthz on'),
      empty: await start(`AuthzSVNAccessFile ${files.empty}`, 'SVNPathAuthz short_circuit'),
      naive: await start(`AuthzSVNAccessFile ${files.naive}`, 'SVNPathAuthz short_circuit'),
      none: await start('SVNPathAuthz off'),
    })
    return { results, notes: [files.sizes] }
  },
}

interface Files {
  ours(repository: string): string
  readonly empty: string
  readonly naive: string
  /** How large they are, in words. */
  readonly sizes: string
}

async function writeFiles(directory: string): Promise<Files> {
  const authz = join(directory, 'authz')
  await mkdir(authz)
  const ours = (repository: string): string => join(authz, `${repository}.authz`)
  let bytes = 0
  for (const repository of sampleRepositories) {
    const content = generateAuthz(rightsOf(repository))
    bytes += content.length
    await writeFile(ours(repository.name), content)
  }
  const [empty, naive, everything] = [join(directory, 'empty'), join(directory, 'naive'), naiveFile()]
  await writeFile(empty, EMPTY_FILE)
  await writeFile(naive, everything)
  const average = Math.round(bytes / sampleRepositories.length)
  return {
    ours,
    empty,
    naive,
    sizes: `one of our files has ${average} bytes on average, the file with everything ${everything.length}`,
  }
}

type Contestant = 'ours' | 'asking' | 'empty' | 'naive' | 'none'
/** An Apache by each kind of rules. */
type Servers = Readonly<Record<Contestant, ApacheVisits>>

const PEERS = {
  empty: 'empty file',
  none: 'no rules at all',
  naive: 'everything in one file',
  asking: 'ours, `SVNPathAuthz on`',
} as const
type Peer = keyof typeof PEERS
const PLAIN_PEERS = ['empty', 'none', 'naive'] as const

async function measure(files: Files, servers: Servers): Promise<Result[]> {
  const lists = { what: '`svn ls`', rounds: LIST_ROUNDS, peers: PLAIN_PEERS }
  const deepLists = {
    what: `\`svn ls -R\`, ${PATHS_IN_WIDE} paths`,
    rounds: LIST_ALL_ROUNDS,
    peers: [...PLAIN_PEERS, 'asking'] as const,
  }
  const requests = (what: string) => ({ what, rounds: REQUEST_ROUNDS, peers: PLAIN_PEERS })
  return [
    ...(await compare(servers, lists, (server, round) => server.list(anyOf(round)))).map(withGoal),
    await compareAfterChange(servers, files),
    ...(await compare(servers, deepLists, (server) => server.listAll(FIRST))),
    ...(await compare(servers, requests('new connection, another repository'), (server, round) =>
      server.get(anyOf(round)),
    )),
    ...(await compare(servers, requests('new connection, the same repository'), (server) => server.get(FIRST))),
    ...(await compare(servers, requests('kept connection'), (server) => server.getAgain(FIRST))),
  ]
}

interface Comparison {
  readonly what: string
  readonly rounds: Rounds
  readonly peers: readonly Peer[]
}

type Visit = (server: ApacheVisits, round: number) => Promise<void>

/** The same visit to each server. */
async function compare(servers: Servers, { what, rounds, peers }: Comparison, visit: Visit): Promise<Result[]> {
  const timing = (server: ApacheVisits) => (round: number) => timed(() => visit(server, round))
  const visits = Object.fromEntries([...peers, 'ours' as const].map((name) => [name, timing(servers[name])]))
  const medians = await interleave(visits, rounds)
  const figureOf = (name: Contestant) => ms(medians[name] ?? Number.NaN)
  return peers.map((peer) => ({ what, ours: figureOf('ours'), peer: { name: PEERS[peer], ...figureOf(peer) } }))
}

/** Each round finds another text in the file. */
async function compareAfterChange({ ours, naive }: Servers, files: Files): Promise<Result> {
  const listChanged = async (server: ApacheVisits, repository: string, file: string): Promise<number> => {
    await appendFile(file, '\n# changed\n')
    return await timed(() => server.list(repository))
  }
  const medians = await interleave(
    {
      ours: (round) => listChanged(ours, anyOf(round), files.ours(anyOf(round))),
      naive: (round) => listChanged(naive, anyOf(round), files.naive),
    },
    CHANGE_ROUNDS,
  )
  const peer = { name: PEERS.naive, ...ms(medians.naive) }
  return { what: '`svn ls`, after a change', ours: ms(medians.ours), peer }
}

/** Another repository each round: nobody lists the same one all day. */
function anyOf(round: number): string {
  return NAMES[round % NAMES.length] ?? FIRST
}

/** The goal of the same command through svnserve. */
function withGoal(result: Result): Result {
  return result.peer.name === PEERS.empty ? { ...result, goal: GOAL } : result
}
