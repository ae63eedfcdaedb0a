import type { ImportPlan } from '@portreeve/svn-authz'
import type { Loaded } from './carry-out-plan.ts'

interface NamedText {
  readonly name: string
  readonly text: string
}

export interface LoadOutcome {
  readonly plan: ImportPlan
  readonly created: Loaded['created']
  readonly seconds: number
  readonly original: NamedText
  /** What is published for each repository, by its name. */
  readonly files: readonly NamedText[]
}

/** Tells what a load did and what came of it: counts, time, and the size of each file beside the original's. */
export function describeLoad({ plan, created, seconds, original, files }: LoadOutcome): string {
  const counts = Object.entries(created).map(([what, count]) => `${count} ${what}`)
  return [
    `Created ${counts.join(', ')} in ${seconds.toFixed(1)} s.`,
    ...plan.unexpressed,
    '',
    describeSize(original),
    ...files.map(({ name, text }) => describeSize({ name: `${name}.authz`, text })),
    '',
  ].join('\n')
}

function describeSize({ name, text }: NamedText): string {
  const sections = text.split('\n').filter((line) => /^\[.*:?\//.test(line)).length
  return `${name}: ${Buffer.byteLength(text).toLocaleString('en')} bytes, ${sections} sections`
}
