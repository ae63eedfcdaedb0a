import { type Benchmark, type Figure, type Findings, type Goal, isMet, type Result, ratioOf } from './benchmark.ts'

const HEADINGS = ['', 'ours', 'peer', '', 'ratio', 'goal', '']

/** The findings as a Markdown table, aligned for reading as it is. */
export function formatFindings({ name, title }: Benchmark, { results, notes }: Findings): string {
  const rows = [HEADINGS, ...results.map(rowOf)]
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0), 3))
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  const table = [lines[0], rule, ...lines.slice(1)].join('\n')
  return [
    `## ${name}: ${title}`,
    table,
    ...(notes.length > 0 ? [notes.map((note) => `- ${note}`).join('\n')] : []),
  ].join('\n\n')
}

function rowOf(result: Result): string[] {
  const { what, ours, peer, goal } = result
  const verdict = isMet(result) ? 'met' : 'MISSED'
  return [
    what,
    formatFigure(ours),
    formatFigure(peer),
    peer.name,
    ratioOf(result).toFixed(2),
    goal ? formatGoal(goal, ours.unit) : '',
    goal ? verdict : '',
  ]
}

function formatGoal({ kind, value, of }: Goal, unit: Figure['unit']): string {
  const sign = kind === 'at most' ? '≤' : '≥'
  return of === 'ratio' ? `${sign} ${value.toFixed(1)}×` : `${sign} ${formatFigure({ value, unit })}`
}

/** Three digits that count. */
export function formatFigure({ value, unit }: Figure): string {
  const digits = value >= 100 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(value)))
  const text = value.toFixed(digits)
  return unit === '/s' ? `${text}/s` : `${text} ${unit}`
}
