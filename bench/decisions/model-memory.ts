import assert from 'node:assert/strict'
import process from 'node:process'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { CompiledModel } from '../../apps/server/src/features/decisions/compiled/compiled-model.ts'
import { LARGE } from './large-organisation.ts'
import { type SampleSize, sampleFacts } from './sample-facts.ts'

/** Where the whole memory of a model goes: of two sizes that differ in one thing alone, what each more of it takes. */
export function measureMemory(): string[] {
  const more = {
    user: { smaller: { ...LARGE, users: LARGE.users / 2 }, larger: LARGE },
    membership: { smaller: { ...LARGE, membersOfRule: LARGE.membersOfRule / 2 }, larger: LARGE },
    permission: { smaller: { ...LARGE, permissions: LARGE.permissions / 2 }, larger: LARGE },
  }
  const each = Object.entries(more).map(([what, { smaller, larger }]) => {
    const [few, many] = [measureModel(smaller), measureModel(larger)]
    const number = COUNTED[what as keyof typeof COUNTED]
    return `${Math.round((many.bytes - few.bytes) / (number(many.size) - number(few.size)))} bytes for each ${what}`
  })
  const { bytes, size } = measureModel(LARGE)
  const megabytes = (bytes / 2 ** 20).toFixed(0)
  return [
    `memory: ${megabytes} MiB for ${size.users} users, ${size.memberships} memberships, ${size.rules} rules and ${size.permissions} permissions at ${size.paths} paths; ${each.join(', ')}`,
  ]
}

type Size = CompiledModel['size']

const COUNTED = {
  user: (size: Size) => size.users,
  membership: (size: Size) => size.memberships,
  permission: (size: Size) => size.permissions,
}

function measureModel(size: SampleSize): { readonly bytes: number; readonly size: Size } {
  const before = usedBytes()
  const model = compileAlone(size)
  const bytes = usedBytes() - before
  return { bytes, size: model.size }
}

/** In a function of its own, so that the facts are gone when it is. */
function compileAlone(size: SampleSize): CompiledModel {
  return CompiledModel.compile(sampleFacts(size))
}

function usedBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  assert.ok(typeof collect === 'function')
  collect()
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
