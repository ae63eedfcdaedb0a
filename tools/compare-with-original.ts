/**
 * Compares an authz file with the files that Portreeve publishes in its place, by Subversion's own reading of both, their
 * sizes, and what an `svn ls` costs with each:
 * `tools/node tools/compare-with-original.ts <authz file> <directory of published files> <repository> …`.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { type AuthzFile, accessOf, parseAuthz, planImport } from '@portreeve/svn-authz'
import { measureSvnLs } from './measure-svn-ls.ts'
import { findDifferences } from './svn-oracle/ask-subversion.ts'
import { askSvnauthz, validateWithSvnauthz } from './svn-oracle/ask-svnauthz.ts'

export interface Comparison {
  /** Questions asked of both files. */
  readonly checks: number
  /** The first few answers that differ, in words. */
  readonly differences: readonly string[]
}

export interface Compared {
  /** The text of the original. */
  readonly original: string
  /** Texts of the published files, by repository. */
  readonly published: ReadonlyMap<string, string>
}

const DIFFERENCES_SHOWN = 20
const SVN_LS_RUNS = 10
const UNKNOWN_USER = 'somebody nobody knows'

/** Every account of the original, an unknown one and an anonymous visitor, at every path it speaks of and one below each. */
export async function compareEverywhere({ original, published }: Compared): Promise<Comparison> {
  const questions = questionsAbout(parseAuthz(original))
  const differences = [...published].map(async ([repository, content]) => {
    const found = await findDifferences({ file: original, repository, ...questions }, content, DIFFERENCES_SHOWN)
    return found.map(({ user, path, access }) => describe({ repository, user, path }, ...access))
  })
  return {
    checks: published.size * questions.users.length * questions.paths.length,
    differences: (await Promise.all(differences)).flat(),
  }
}

/** The same for a random sample, by the program `svnauthz accessof`, a process for each answer. */
export async function compareSample({ original, published }: Compared, size: number): Promise<Comparison> {
  const { users, paths } = questionsAbout(parseAuthz(original))
  const repositories = [...published.keys()]
  const sample = Array.from({ length: size }, () => {
    const repository = pick(repositories)
    return { repository, user: pick(users), path: pick(paths) }
  })
  const theirs = await askSvnauthz(sample.map((question) => ({ ...question, file: original })))
  const ours = await askSvnauthz(sample.map((each) => ({ ...each, file: published.get(each.repository) ?? '' })))
  const differences = sample.flatMap((each, i) =>
    theirs[i] === ours[i] ? [] : [describe(each, `${theirs[i]}`, `${ours[i]}`)],
  )
  return { checks: size, differences }
}

/** The repositories whose files `svnauthz validate` refuses. */
export async function findRefused(published: ReadonlyMap<string, string>): Promise<string[]> {
  const accepted = await validateWithSvnauthz([...published.values()])
  return [...published.keys()].filter((_, i) => accepted[i] !== true)
}

/** The published files of these repositories, by name. */
export async function readPublished(directory: string, repositories: readonly string[]): Promise<Map<string, string>> {
  const files = repositories.map(async (name): Promise<[string, string]> => {
    return [name, await readFile(join(directory, `${name}.authz`), 'utf8')]
  })
  return new Map(await Promise.all(files))
}

function questionsAbout(file: AuthzFile) {
  const spoken = new Set(file.sections.map((section) => section.path))
  const below = [...spoken].map((path) => `${path === '/' ? '' : path}/one below`)
  return { users: [...planImport(file, []).users, UNKNOWN_USER, undefined], paths: [...new Set([...spoken, ...below])] }
}

interface Visit {
  readonly repository: string
  readonly user: string | undefined
  readonly path: string
}

function describe({ repository, user, path }: Visit, before: string, now: string): string {
  return `${user ?? 'an anonymous visitor'} at ${repository}:${path}: ${before} before, ${now} now`
}

function pick<T>(items: readonly T[]): T {
  if (items.length === 0) throw new Error('There is nothing to pick from.')
  // One of the items may be undefined: the anonymous visitor.
  return items[Math.floor(Math.random() * items.length)] as T
}

/** What `svn ls` of a repository's root costs with either file, in words; asked as somebody who may read it by both. */
async function describeSvnLs(original: string, published: string, repository: string): Promise<string> {
  const file = parseAuthz(original)
  const user = planImport(file, [repository]).users.find(
    (name) => accessOf(file, { repository, path: '/', user: name }) !== 'no',
  )
  if (user === undefined) return `Nobody may read the root of ${repository}, so svn ls was not measured.`
  const medians = await measureSvnLs({ files: { original, published }, repository, user, runs: SVN_LS_RUNS })
  const [before = Number.NaN, now = Number.NaN] = [medians.get('original'), medians.get('published')]
  const sizes = `${Buffer.byteLength(original)} bytes, now ${Buffer.byteLength(published)}`
  return `${repository}: ${sizes}; svn ls ${before.toFixed(0)} ms, now ${now.toFixed(0)} ms (${(now / before).toFixed(2)})`
}

if (import.meta.main) {
  const [file, directory, ...repositories] = process.argv.slice(2)
  if (file === undefined || directory === undefined || repositories.length === 0) {
    process.stderr.write('usage: compare-with-original.ts <authz file> <directory of published files> <repository> …\n')
    process.exit(2)
  }
  const compared = { original: await readFile(file, 'utf8'), published: await readPublished(directory, repositories) }
  const startedAt = Date.now()
  const { checks, differences } = await compareEverywhere(compared)
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  const verdict = differences.length === 0 ? 'All answers are the same.' : differences.join('\n')
  process.stdout.write(`${checks} checks in ${seconds} s. ${verdict}\n`)
  for (const [repository, content] of compared.published) {
    process.stdout.write(`${await describeSvnLs(compared.original, content, repository)}\n`)
  }
  process.exitCode = differences.length === 0 ? 0 : 1
}
