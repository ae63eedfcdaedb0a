/**
 * `npm run build`: the console as the server serves it, into dist/, with its files compressed beforehand. With `--if-stale`
 * only when that is missing or older than what it is made from.
 */
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'vite'

const HERE = import.meta.dirname
const BUILT = join(HERE, 'dist')
const SOURCES = ['src', 'index.html', 'vite.config.ts', 'package.json', '../../packages/client/src'].map((path) =>
  join(HERE, path),
)
const COMPRESSED = /\.(css|js|svg)$/

/** True when there is no build, or one of something older. */
export async function isStale(): Promise<boolean> {
  const builtAtMs = (await stat(join(BUILT, 'index.html')).catch(() => undefined))?.mtimeMs
  if (builtAtMs === undefined) return true
  const changes = await Promise.all(SOURCES.map(newestBelow))
  return Math.max(...changes) > builtAtMs
}

async function newestBelow(path: string): Promise<number> {
  const { mtimeMs } = await stat(path)
  const entries = await readdir(path, { recursive: true }).catch(() => [])
  const below = await Promise.all(entries.map(async (entry) => (await stat(join(path, entry))).mtimeMs))
  return Math.max(mtimeMs, ...below)
}

/** Builds beside what is served now, and puts it in its place when it is whole. */
export async function buildConsole(): Promise<void> {
  const beganAt = new Date()
  const outDir = join(HERE, `.build-${process.pid}`)
  const replaced = join(HERE, `.replaced-${process.pid}`)
  try {
    await build({
      root: HERE,
      configFile: join(HERE, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir, emptyOutDir: true },
    })
    const files = await readdir(outDir, { recursive: true })
    await Promise.all(files.filter((file) => COMPRESSED.test(file)).map((file) => compress(join(outDir, file))))
    // What changed while it was built is newer than it.
    await utimes(join(outDir, 'index.html'), beganAt, beganAt)
    await rename(BUILT, replaced).catch(() => undefined)
    await rename(outDir, BUILT)
  } finally {
    await Promise.all([outDir, replaced].map((path) => rm(path, { recursive: true, force: true })))
  }
}

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path)
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  const [gzipped, brotlied] = await Promise.all([
    promisify(gzip)(bytes, { level: 9 }),
    promisify(brotliCompress)(bytes, { params }),
  ])
  await Promise.all([writeFile(`${path}.gz`, gzipped), writeFile(`${path}.br`, brotlied)])
}

if (import.meta.main && (!process.argv.includes('--if-stale') || (await isStale()))) await buildConsole()
