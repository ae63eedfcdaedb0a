import type { Benchmark, Findings, Result } from '../harness/benchmark.ts'
import { LARGEST, measureChecks } from './check-speed.ts'
import { measureLists } from './list-speed.ts'
import { measureMemory } from './model-memory.ts'
import { measureModel } from './model-speed.ts'

const RULE_COUNTS = [LARGEST / 100, LARGEST / 10, LARGEST]

/** Who may do what, asked in this process. */
export const decisions: Benchmark = {
  name: 'decisions',
  title: 'decisions in the process, beside libraries that are given the same rules',
  async run(): Promise<Findings> {
    const checks: Result[] = []
    for (const rules of RULE_COUNTS) checks.push(...(await measureChecks(rules)))
    return { results: [...checks, ...(await measureLists()), ...(await measureModel())], notes: measureMemory() }
  },
}
