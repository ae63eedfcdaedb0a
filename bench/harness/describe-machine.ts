import { open, rm } from 'node:fs/promises'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { median, timed } from './interleave.ts'
import { makeScratchDirectory } from './scratch-directory.ts'

const SYNCS = 101
const PAGE = Buffer.alloc(8192, 1)

/** What absolute figures depend on: processor, load by others, and how long the disk takes to promise a page. */
export async function describeMachine(): Promise<string> {
  const model = cpus()[0]?.model ?? 'unknown processor'
  const memory = (totalmem() / 2 ** 30).toFixed(0)
  const load = loadavg()[0]?.toFixed(1)
  return [
    `${cpus().length} × ${model}, ${memory} GiB, ${process.platform} ${release()}, Node ${process.version}`,
    `fsync of 8 KiB ${(await measureSync()).toFixed(2)} ms, load ${load} before the start`,
  ].join('; ')
}

async function measureSync(): Promise<number> {
  await using directory = await makeScratchDirectory()
  const path = join(directory.path, 'sync')
  await using file = await open(path, 'w')
  const times: number[] = []
  for (let i = 0; i < SYNCS; i += 1) {
    times.push(
      await timed(async () => {
        await file.write(PAGE)
        await file.datasync()
      }),
    )
  }
  await rm(path)
  return median(times)
}
