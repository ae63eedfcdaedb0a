import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { type AuditProgress, PortreeveClient } from '@portreeve/client'
import { AUDIT_HELP, type AuditArguments, parseAuditArguments } from './audit-arguments.ts'
import { describeOutcome } from './describe-outcome.ts'
import { readAnchors, spreadAnchors } from './read-anchors.ts'
import { CommandError, runCommand } from './run-command.ts'

const NOT_INTACT = 3

async function runAudit({ url, token, anchors }: AuditArguments): Promise<void> {
  const client = new PortreeveClient({ baseUrl: url, token })
  const outcome = await client.audit.verify(anchors === undefined ? [] : await anchorsOf(anchors), showProgress)
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  if (!outcome) throw new CommandError('The server ended the verification before it was done. Run it again.')
  process.stdout.write(describeOutcome(outcome))
  if (outcome.outcome === 'broken') process.exitCode = NOT_INTACT
}

async function anchorsOf(file: string) {
  const anchors = readAnchors(await readFile(file, 'utf8'))
  if (anchors.length === 0) throw new CommandError(`${file}: there is no anchor in it.`)
  return spreadAnchors(anchors)
}

function showProgress({ checked, of }: AuditProgress): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${checked} of ${of} records`)
}

await runCommand({ parse: parseAuditArguments, help: AUDIT_HELP, run: runAudit })
