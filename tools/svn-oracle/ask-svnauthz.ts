import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { text } from 'node:stream/consumers'
import type { Access } from '@portreeve/svn-authz'
import { assertSubversionPeers, UTF8_ENVIRONMENT } from './subversion-peers.ts'

/** One question to the real `svnauthz accessof`. No user means an anonymous visitor. */
export interface SvnauthzQuestion {
  /** The authz file's text. Questions to the same text share one file. */
  readonly file: string
  readonly repository: string
  readonly path: string
  readonly user?: string | undefined
}

const WORKERS = 2

// Words come in fours: file, repository, path, and "+user" or "-" for nobody. A process each, started by one shell.
const ACCESS_OF = `while [ $# -gt 0 ]; do
  case "$4" in
    -) svnauthz accessof --repository "$2" --path "$3" "$1" 2>/dev/null || echo refused ;;
    *) svnauthz accessof --repository "$2" --path "$3" --username "\${4#?}" "$1" 2>/dev/null || echo refused ;;
  esac
  shift 4
done`

const VALIDATE = 'for file do svnauthz validate "$file" >/dev/null 2>&1 && echo accepted || echo refused; done'

/** Asks the real `svnauthz accessof`, a process a question (about 6 ms each), with two at a time. */
export async function askSvnauthz(questions: readonly SvnauthzQuestion[]): Promise<Access[]> {
  using files = new PublishedTexts()
  const words = questions.map(({ file, repository, path, user }) => [
    files.pathOf(file),
    repository,
    path,
    user === undefined ? '-' : `+${user}`,
  ])
  const answers = await runInShell(ACCESS_OF, words)
  return answers.map((answer, i) => {
    if (answer !== 'rw' && answer !== 'r' && answer !== 'no') throw new Error(`svnauthz: ${answer} for ${words[i]}`)
    return answer
  })
}

/** For each text, whether `svnauthz validate` accepts it; warnings are no refusal. */
export async function validateWithSvnauthz(texts: readonly string[]): Promise<boolean[]> {
  using files = new PublishedTexts()
  const answers = await runInShell(
    VALIDATE,
    texts.map((file) => [files.pathOf(file)]),
  )
  return answers.map((answer) => answer === 'accepted')
}

class PublishedTexts implements Disposable {
  readonly #directory = mkdtempDisposableSync(`${tmpdir()}/portreeve-svnauthz-`)
  readonly #paths = new Map<string, string>()

  pathOf(file: string): string {
    const path = this.#paths.get(file) ?? `${this.#directory.path}/${this.#paths.size}.authz`
    if (!this.#paths.has(file)) writeFileSync(path, file)
    this.#paths.set(file, path)
    return path
  }

  [Symbol.dispose](): void {
    this.#directory.remove()
  }
}

/** Feeds every row of words to the script and returns one line of answer for each row. */
async function runInShell(script: string, rows: readonly (readonly string[])[]): Promise<string[]> {
  assertSubversionPeers()
  const share = Math.ceil(rows.length / WORKERS)
  const shares = Array.from({ length: WORKERS }, (_, i) => rows.slice(i * share, (i + 1) * share))
  const answers = await Promise.all(shares.filter((part) => part.length > 0).map((part) => runShare(script, part)))
  return answers.flat()
}

async function runShare(script: string, rows: readonly (readonly string[])[]): Promise<string[]> {
  const wordsAtOnce = String(200 * (rows[0]?.length ?? 1))
  const child = spawn('xargs', ['-0', '-n', wordsAtOnce, 'sh', '-c', script, 'sh'], {
    env: UTF8_ENVIRONMENT,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(
    rows
      .flat()
      .map((word) => `${word}\0`)
      .join(''),
  )
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')])
  const answers = output.trimEnd().split('\n')
  if (answers.length !== rows.length) throw new Error(`svnauthz gave ${answers.length} answers to ${rows.length}.`)
  return answers
}
