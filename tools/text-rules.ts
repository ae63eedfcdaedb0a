/** What a repository's texts must not say and where they must not point. Pure: takes texts, returns complaints. */
import { posix } from 'node:path'

export interface Complaint {
  readonly path: string
  /** From 1; 0 speaks of the file as a whole. */
  readonly line: number
  readonly message: string
}

interface LineRule {
  readonly files: RegExp
  readonly pattern: RegExp
  readonly message: string
}

const SOURCES = /\.(ts|tsx|js|cjs|mjs|py|sql|css)$|(^|\/)(\.ci|tools)\/[^./]+$/
const ANY = /./

// The markers are looked for after a comment's beginning only: a variable named TODO is nobody's business.
const LINE_RULES: readonly LineRule[] = [
  { files: ANY, pattern: /(?<![\w.~-])[/](work|home[/]\w+|root)[/]\w/, message: 'names a path of one machine' },
  { files: ANY, pattern: /[/]tmp[/]\w*(jobs|brief)/, message: 'names a path of one machine' },
  {
    files: /package-lock\.json$/,
    pattern: /"resolved": "https?:/,
    message: 'names a registry: run npm with omit-lockfile-registry-resolved',
  },
  { files: SOURCES, pattern: /(\/\/|\*|#|--)\s.*\b(FIXME|XXX|HACK)\b/, message: 'use TODO: or NOTE:' },
  { files: SOURCES, pattern: /(\/\/|\*|#|--)\s*(TODO|NOTE)\b(?!: \S)/, message: 'write "TODO: …" or "NOTE: …"' },
  { files: SOURCES, pattern: /@ts-expect-error\s*$/, message: 'say on the line why the error is expected' },
  { files: SOURCES, pattern: /@ts-no(?:check)/, message: 'types are checked everywhere' },
]

const BAG_NAME = /(^|\/)(utils?|helpers?|common|misc|types|constants)([./]|$)/

/** Folders and files that gather whatever has no other place. */
export function checkName(path: string): readonly Complaint[] {
  return BAG_NAME.test(path) ? [{ path, line: 0, message: 'is named for a bag, not for what it holds' }] : []
}

export function checkLines(path: string, text: string): readonly Complaint[] {
  const rules = LINE_RULES.filter((rule) => rule.files.test(path))
  return text
    .split('\n')
    .flatMap((line, index) =>
      rules.filter((rule) => rule.pattern.test(line)).map(({ message }) => ({ path, line: index + 1, message })),
    )
}

const FENCE = /^\s*(```|~~~)/
const LINK = /\]\((?<target>[^)\s]+)(\s+"[^"]*")?\)/g
const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:/i

/** Relative links of a Markdown text that lead nowhere. `exists` takes a path from the root of the repository. */
export function checkLinks(path: string, text: string, exists: (path: string) => boolean): readonly Complaint[] {
  const complaints: Complaint[] = []
  let inFence = false
  for (const [index, line] of text.split('\n').entries()) {
    if (FENCE.test(line)) inFence = !inFence
    if (inFence) continue
    for (const { groups } of line.matchAll(LINK)) {
      const [target = ''] = (groups?.['target'] ?? '').split('#')
      if (target === '' || HAS_SCHEME.test(target)) continue
      const found = exists(posix.join(posix.dirname(path), decodeURIComponent(target)))
      if (!found) complaints.push({ path, line: index + 1, message: `links to ${target}, which is not there` })
    }
  }
  return complaints
}

const DECISIONS = 'docs/decisions/'
const DECISION_NAME = /^\d{4}-[a-z0-9-]+\.md$/

/** Every decision has a numbered name, a number of its own, and a line in the index. */
export function checkDecisions(paths: readonly string[], index: string): readonly Complaint[] {
  const names = paths
    .filter((path) => path.startsWith(DECISIONS))
    .map((path) => path.slice(DECISIONS.length))
    .filter((name) => name !== 'README.md')
  const numbers = names.map((name) => name.slice(0, 4))
  return names.flatMap((name, position) => {
    const problems = [
      DECISION_NAME.test(name) ? undefined : 'is not named NNNN-title.md',
      numbers.indexOf(name.slice(0, 4)) === position ? undefined : 'takes a number that is taken',
      index.includes(`(${name})`) ? undefined : `is not listed in ${DECISIONS}README.md`,
    ]
    return problems
      .filter((message) => message !== undefined)
      .map((message) => ({ path: DECISIONS + name, line: 0, message }))
  })
}
