/**
 * Measures us beside peers: `npm run bench [-- [--strict] name …]`. Prints ratios with their goals; with `--strict` a goal
 * that is missed makes the run fail, otherwise only a benchmark that breaks does.
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { addMembersAtOnce } from './add-members/add-members.ts'
import { apache } from './apache/apache.ts'
import { audit } from './audit/audit.ts'
import { bulkClients } from './bulk-clients/bulk-clients.ts'
import { connectors } from './connectors/connectors.ts'
import { decisions } from './decisions/decisions.ts'
import { decisionsHttp } from './decisions-http/decisions-http.ts'
import { directorySync } from './directory-sync/directory-sync.ts'
import { groups } from './groups/groups.ts'
import { type Benchmark, isMet } from './harness/benchmark.ts'
import { describeMachine } from './harness/describe-machine.ts'
import { formatFindings } from './harness/print-findings.ts'
import { membersList } from './members-list/members-list.ts'
import { oauth } from './oauth/oauth.ts'
import { proposals } from './proposals/proposals.ts'
import { publication } from './publication/publication.ts'
import { svnLs } from './svn-ls/svn-ls.ts'

const BENCHMARKS: readonly Benchmark[] = [
  svnLs,
  apache,
  publication,
  proposals,
  membersList,
  addMembersAtOnce,
  directorySync,
  groups,
  bulkClients,
  connectors,
  oauth,
  audit,
  decisions,
  decisionsHttp,
]

function chosen(names: readonly string[]): readonly Benchmark[] {
  const unknown = names.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name))
  if (unknown.length > 0) {
    throw new Error(`No benchmark ${unknown.join(', ')}; there are ${BENCHMARKS.map(({ name }) => name).join(', ')}.`)
  }
  return names.length > 0 ? BENCHMARKS.filter(({ name }) => names.includes(name)) : BENCHMARKS
}

const { values, positionals } = parseArgs({
  options: { strict: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const benchmarks = chosen(positionals)
console.log(`${await describeMachine()}\n`)
for (const benchmark of benchmarks) {
  const findings = await benchmark.run()
  console.log(`${formatFindings(benchmark, findings)}\n`)
  if (values.strict && !findings.results.every(isMet)) process.exitCode = 1
}
