import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as immediate } from 'node:timers/promises'
import { wireDirectories } from '../../apps/server/src/app/wiring/wire-directories.ts'
import { type Model, wireModel } from '../../apps/server/src/app/wiring/wire-model.ts'
import { sqlEnforcementStore } from '../../apps/server/src/features/enforcement/enforcement.sql.ts'
import { publishModel } from '../../apps/server/src/features/enforcement/index.ts'
import { addPermissions, addRuleMembers, removeRuleMembers } from '../../apps/server/src/features/rules/index.ts'
import { systemClock } from '../../apps/server/src/kernel/clock.ts'
import type { ProposalKind } from '../../apps/server/src/kernel/proposal.ts'
import { uuidSource } from '../../apps/server/src/platform/id-source.ts'
import { makeSealingKey, SealedSecrets } from '../../apps/server/src/platform/security/sealed-secret.ts'
import { openAuthzDirectory } from '../../apps/server/src/platform/subversion/authz-directory.ts'
import { type BenchDatabase, startBenchDatabase } from '../harness/bench-database.ts'
import { type Benchmark, type Findings, ms, type Result } from '../harness/benchmark.ts'
import { interleave, timed } from '../harness/interleave.ts'
import { sampleAdmin } from '../harness/sample-admin.ts'
import { sampleId } from '../harness/sample-id.ts'
import { makeScratchDirectory } from '../harness/scratch-directory.ts'
import { forgetPublication, seedRules } from './seed-rules.ts'
import { emptyDirectory, writePlainly } from './write-plainly.ts'

const REVISION = 1
const SIZE = { organisation: 1, revision: REVISION, users: 5000, teams: 1000, membersPerTeam: 20 }
const SMALL = { repositories: 1000, paths: 10 }
const FROM_NOTHING = { rounds: 5, warmUps: 2 }
const ONE_CHANGE = { rounds: 40, warmUps: 10 }

/** From the model to the files that Subversion obeys, on disk. */
export const publication: Benchmark = {
  name: 'publication',
  title: 'generating the files of 1,000 repositories (10 paths each, 1,000 teams of 20)',
  async run(): Promise<Findings> {
    await using bench = await startBenchDatabase()
    await seedRules(bench.pool, { ...SIZE, ...SMALL })
    await using scratch = await makeScratchDirectory()
    const site = await openSite(bench, scratch.path)
    const fromNothing = await publishAll(site)
    const files = await readFiles(site.directory)
    const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0)
    return {
      results: [
        {
          what: 'all files, from nothing',
          ours: ms(fromNothing.ours),
          peer: { name: 'a plain loop that writes them', ...ms(fromNothing.peer) },
          goal: { kind: 'at most', value: 1000, of: 'ours' },
        },
        ...(await publishChanges(site)),
      ],
      notes: [`${files.size} files, ${Math.round(bytes / files.size)} bytes on average`],
    }
  },
}

/** A server without its doors, and what the peer writes to. */
interface Site {
  readonly bench: BenchDatabase
  readonly proposals: Model['proposals']
  /** A round as the server's publisher begins one after each commit, without its rest after a long one. */
  publish(): Promise<void>
  readonly directory: string
  readonly peerDirectory: string
}

async function openSite(bench: BenchDatabase, scratch: string): Promise<Site> {
  const { database } = bench
  const [directory, peerDirectory] = [join(scratch, 'ours'), join(scratch, 'plain')]
  const { proposals } = wireModel({
    database,
    clock: systemClock,
    ids: uuidSource,
    baseUrl: 'http://127.0.0.1',
    directories: wireDirectories({ database, sealer: new SealedSecrets(makeSealingKey()) }),
    hashPassword: async () => '',
    requestPublication: () => undefined,
    wakeQueue: async () => undefined,
  })
  const { read, write } = await openAuthzDirectory(directory)
  const publishing = {
    store: sqlEnforcementStore(database),
    readFile: read,
    writeFiles: write,
    breathe: immediate,
    etagOf: (content: string) => createHash('sha256').update(content).digest('base64url'),
  }
  return { bench, proposals, publish: () => publishModel(publishing, SIZE.organisation), directory, peerDirectory }
}

async function readFiles(directory: string): Promise<Map<string, string>> {
  const names = (await readdir(directory)).sort()
  const contents = await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')))
  return new Map(names.map((name, index) => [name, contents[index] ?? '']))
}

async function publishAll({ bench, publish, directory, peerDirectory }: Site) {
  const prepare = async () => {
    emptyDirectory(directory)
    await forgetPublication(bench.pool, REVISION)
  }
  await prepare()
  await publish()
  const files = await readFiles(directory)
  if (files.size !== SMALL.repositories) throw new Error(`Only ${files.size} files were published.`)
  return await interleave(
    {
      ours: async () => {
        await prepare()
        return await timed(publish)
      },
      peer: async () => {
        emptyDirectory(peerDirectory)
        return await timed(() => writePlainly(peerDirectory, files))
      },
    },
    FROM_NOTHING,
  )
}

type Kind = ProposalKind<never, never, never>

interface Change {
  readonly what: string
  propose(round: number): Promise<unknown>
  /** How many files it changes. */
  readonly files: number
}

async function publishChanges(site: Site): Promise<Result[]> {
  const results: Result[] = []
  for (const change of changesOf(site)) {
    const files = new Map([...(await readFiles(site.directory))].slice(0, change.files))
    const { ours, peer } = await interleave(
      {
        ours: (round) =>
          timed(async () => {
            await change.propose(round)
            await site.publish()
          }),
        peer: () => timed(() => writePlainly(site.peerDirectory, files)),
      },
      ONE_CHANGE,
    )
    results.push({
      what: change.what,
      ours: ms(ours),
      peer: { name: 'a plain loop that writes the same', ...ms(peer) },
      goal: { kind: 'at most', value: 20, of: 'ours' },
    })
  }
  return results
}

function changesOf({ proposals }: Site): Change[] {
  const teamId = sampleId('team', 1)
  const ruleId = sampleId('rule', 1)
  const ownerResource = sampleId('resource', 1)
  const member = sampleId('user', 1 + ((31 + SIZE.users / SIZE.membersPerTeam) % SIZE.users))
  const propose = <Input>(kind: Kind, input: Input) =>
    proposals.submit(kind as ProposalKind<unknown, unknown, Input>, {
      caller: sampleAdmin,
      requestId: randomUUID(),
      respondAsync: false,
      input,
    })
  return [
    {
      what: 'a change to one file, from proposal to disk',
      files: 1,
      propose: (round) =>
        propose(addPermissions, {
          teamId,
          ruleId,
          DTOs: [{ ownerResource, path: `p${round}`, permissionType: 'NONE' }],
        }),
    },
    {
      what: 'a change to ten files, from proposal to disk',
      files: 10,
      propose: (round) =>
        propose(round % 2 === 0 ? removeRuleMembers : addRuleMembers, { teamId, ruleId, ids: [member] }),
    },
  ]
}
