import { spawnSync } from 'node:child_process'
import { mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { assertSubversionPeers, PYTHON } from './subversion-peers.ts'

export type Access = 'rw' | 'r' | 'no'

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

const SCRIPT = fileURLToPath(new URL('oracle.py', import.meta.url))
const ENOUGH_BYTES = 1 << 30

/** Answers many tables with Subversion's own code (libsvn_repos), in one process. */
export function askSubversion(tables: readonly AccessTable[]): TableAnswer[] {
  assertSubversionPeers()
  using directory = mkdtempDisposableSync(`${tmpdir()}/portreeve-oracle-`)
  const lines = tables.map((table, i) => {
    const file = `${directory.path}/${i}.authz`
    writeFileSync(file, table.file)
    return JSON.stringify({ ...table, file, users: table.users.map((user) => user ?? null) })
  })
  const { status, stdout, stderr } = spawnSync(PYTHON, [SCRIPT], {
    input: lines.map((line) => `${line}\n`).join(''),
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
