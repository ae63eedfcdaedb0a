/** Checks names, texts, links and the list of decisions over every file that git tracks or would track. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { type Complaint, checkDecisions, checkLines, checkLinks, checkName } from './text-rules.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
// Real input, taken as it is.
const NOT_OURS = /^fixtures\//

function listFiles(): string[] {
  const listing = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return listing.split('\0').filter((path) => path !== '' && !NOT_OURS.test(path) && isFile(path))
}

/** A tracked file may be gone from the working tree. */
function isFile(path: string): boolean {
  return statSync(join(ROOT, path), { throwIfNoEntry: false })?.isFile() ?? false
}

/** Undefined for what is no text. */
function readText(path: string): string | undefined {
  const bytes = readFileSync(join(ROOT, path))
  return bytes.includes(0) ? undefined : bytes.toString('utf8')
}

function checkFile(path: string): readonly Complaint[] {
  const text = readText(path)
  if (text === undefined) return checkName(path)
  const links = path.endsWith('.md') ? checkLinks(path, text, (target) => existsSync(join(ROOT, target))) : []
  return [...checkName(path), ...checkLines(path, text), ...links]
}

const paths = listFiles()
const decisionIndex = readText('docs/decisions/README.md') ?? ''
const complaints = [...paths.flatMap(checkFile), ...checkDecisions(paths, decisionIndex)]
for (const { path, line, message } of complaints) console.error(`${path}${line > 0 ? `:${line}` : ''}: ${message}`)
if (complaints.length > 0) process.exitCode = 1
else console.log(`Checked the texts of ${paths.length} files.`)
