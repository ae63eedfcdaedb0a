import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateAuthz } from '../../apps/server/src/features/enforcement/generate-authz.ts'
import { type Benchmark, type Findings, ms, type Result } from '../harness/benchmark.ts'
import { interleave, timed } from '../harness/interleave.ts'
import { makeScratchDirectory } from '../harness/scratch-directory.ts'
import { EMPTY_FILE, naiveFile, READER, rightsOf, sampleRepositories } from './sample-rights.ts'
import { hostRepositories, type Manner, makeTemplate, type SvnServer, startSvnserve } from './svn-host.ts'

const ROUNDS = { rounds: 60, warmUps: 5 }
/** Each takes seconds, when every connection parses the file anew. */
const NAIVE_ROUNDS = { rounds: 3, warmUps: 0 }
const WORDS = { forks: 'svnserve (a process per connection)', threads: 'svnserve --threads' } as const
const GOAL = { kind: 'at most', value: 1.3, of: 'ratio' } as const

/** What our files add to a Subversion command. */
export const svnLs: Benchmark = {
  name: 'svn-ls',
  title: '`svn ls` through svnserve, 100 repositories with 10,000 sections in all',
  async run(): Promise<Findings> {
    await using directory = await makeScratchDirectory()
    const layouts = await layOut(directory.path)
    const forking = await measure(layouts, 'forks')
    const threaded = await measure(layouts, 'threads')
    return { results: [...forking, ...threaded], notes: [layouts.sizes] }
  },
}

/** Where repositories are, and the authz file of each. */
interface Layout {
  readonly root: string
  fileOf(name: string): string
}

interface Layouts {
  readonly ours: Layout
  readonly empty: Layout
  readonly naive: Layout
  /** How large the files are, in words. */
  readonly sizes: string
}

async function layOut(directory: string): Promise<Layouts> {
  const authz = join(directory, 'authz')
  await mkdir(authz)
  let bytes = 0
  for (const repository of sampleRepositories) {
    const file = generateAuthz(rightsOf(repository))
    bytes += file.length
    await writeFile(join(authz, `${repository.name}.authz`), file)
  }
  const naive = naiveFile()
  await writeFile(join(directory, 'naive'), naive)
  await writeFile(join(directory, 'empty'), EMPTY_FILE)
  const template = await makeTemplate(directory)
  const names = sampleRepositories.map(({ name }) => name)
  const host = async (layout: string, fileOf: Layout['fileOf']): Promise<Layout> => {
    const root = join(directory, `${layout}-repositories`)
    await hostRepositories(template, { root, names, fileOf }, READER)
    return { root, fileOf }
  }
  const average = Math.round(bytes / names.length)
  return {
    ours: await host('our', (name) => join(authz, `${name}.authz`)),
    empty: await host('empty', () => join(directory, 'empty')),
    naive: await host('naive', () => join(directory, 'naive')),
    sizes: `one of our files has ${average} bytes on average, the file with everything ${naive.length}`,
  }
}

async function measure(layouts: Layouts, manner: Manner): Promise<Result[]> {
  await using ours = await startSvnserve(layouts.ours.root, READER, manner)
  await using empty = await startSvnserve(layouts.empty.root, READER, manner)
  await using naive = await startSvnserve(layouts.naive.root, READER, manner)
  const small = await interleave({ ours: listing(ours), empty: listing(empty) }, ROUNDS)
  const large = await interleave({ ours: listing(ours), naive: listing(naive) }, NAIVE_ROUNDS)
  const changed = await interleave(
    { ours: listing(ours, layouts.ours), naive: listing(naive, layouts.naive) },
    NAIVE_ROUNDS,
  )
  const what = WORDS[manner]
  const [peer, afterChange] = ['everything in one file', `${what}, after a change`]
  return [
    { what, ours: ms(small.ours), peer: { name: 'empty file', ...ms(small.empty) }, goal: GOAL },
    { what, ours: ms(large.ours), peer: { name: peer, ...ms(large.naive) } },
    { what: afterChange, ours: ms(changed.ours), peer: { name: peer, ...ms(changed.naive) } },
  ]
}

/** Another repository each round: nobody lists the same one all day. With `changes`, its file is a new one each time. */
function listing(server: SvnServer, changes?: Layout): (round: number) => Promise<number> {
  return async (round) => {
    const name = `repository-${round % sampleRepositories.length}`
    if (changes) await appendFile(changes.fileOf(name), `\n# ${round}\n`)
    return await timed(() => server.list(name))
  }
}
