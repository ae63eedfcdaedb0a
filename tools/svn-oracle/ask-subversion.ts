import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Access } from '@portreeve/svn-authz'
import { assertSubversionPeers, PYTHON } from './subversion-peers.ts'

/** Questions to one authz file: every user (undefined is the anonymous one) at every path. */
export interface AccessTable {
  /** The authz file's text. */
  readonly file: string
  readonly repository: string
  readonly users: readonly (string | undefined)[]
  readonly paths: readonly string[]
}

/** `access[user][path]`, or why Subversion refuses the whole file. */
export type TableAnswer = { readonly access: readonly (readonly Access[])[] } | { readonly refused: string }

/** Where two files disagree. */
export interface Difference {
  readonly user: string | undefined
  readonly path: string
  /** By the one file, and by the other. */
  readonly access: readonly [Access, Access]
}

const SCRIPT = fileURLToPath(new URL('oracle.py', import.meta.url))
const ENOUGH_BYTES = 1 << 30

/** Answers many tables with Subversion's own code (libsvn_repos), in one process. */
export function askSubversion(tables: readonly AccessTable[]): TableAnswer[] {
  assertSubversionPeers()
  using directory = mkdtempDisposableSync(`${tmpdir()}/portreeve-oracle-`)
  const lines = tables.map((table, i) => {
    const file = `${directory.path}/${i}.authz`
    writeFileSync(file, table.file)
    return lineOf({ ...table, file })
  })
  const { status, stdout, stderr } = spawnSync(PYTHON, [SCRIPT], {
    input: lines.join(''),
    encoding: 'utf8',
    maxBuffer: ENOUGH_BYTES,
  })
  if (status !== 0) throw new Error(`The Subversion oracle failed: ${stderr}`)
  return stdout
    .trimEnd()
    .split('\n')
    .slice(0, tables.length)
    .map((line) => JSON.parse(line) as TableAnswer)
}

/** Like {@link askSubversion} for one file that Subversion must accept. */
export function askSubversionOnce(table: AccessTable): readonly (readonly Access[])[] {
  const [answer] = askSubversion([table])
  if (!answer || 'refused' in answer) throw new Error(`Subversion refuses the file: ${answer?.refused}\n${table.file}`)
  return answer.access
}

/**
 * The first `most` answers to a table's questions that the text of another file changes. For millions of questions, which it
 * answers in a process of its own. Rejects when Subversion refuses either file.
 */
export async function findDifferences(table: AccessTable, other: string, most: number): Promise<Difference[]> {
  assertSubversionPeers()
  using directory = mkdtempDisposableSync(`${tmpdir()}/portreeve-oracle-`)
  const [file, against] = [`${directory.path}/file`, `${directory.path}/against`]
  writeFileSync(file, table.file)
  writeFileSync(against, other)
  const child = spawn(PYTHON, [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  child.stdin.end(lineOf({ ...table, file, against, most }))
  const output = await text(child.stdout)
  const [status] = await ended
  if (status !== 0) throw new Error(`The Subversion oracle failed with ${status}.`)
  const answer = JSON.parse(output) as ComparisonAnswer
  if ('refused' in answer) throw new Error(`Subversion refuses a file for ${table.repository}: ${answer.refused}`)
  return answer.differences.map(([user, path, ...access]) => ({ user: user ?? undefined, path, access }))
}

type ComparisonAnswer =
  | { readonly differences: readonly (readonly [user: string | null, path: string, Access, Access])[] }
  | { readonly refused: string }

/** A line for the script, which reads an authz file by its name. */
function lineOf(question: AccessTable & { readonly against?: string; readonly most?: number }): string {
  return `${JSON.stringify({ ...question, users: question.users.map((user) => user ?? null) })}\n`
}
