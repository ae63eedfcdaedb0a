import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

/** One file of a site, as it is sent. */
export interface SiteFile {
  readonly type: string
  readonly plain: Buffer
  /** By the name of the coding, the smallest first; made when the site was built. */
  readonly coded: ReadonlyMap<string, Buffer>
}

export interface SiteBuild {
  /** The page that every address of the application gets. */
  readonly index: string
  /** All other files, by their path. */
  readonly files: ReadonlyMap<string, SiteFile>
}

const INDEX = 'index.html'
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}
const CODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/** A directory with a built site, whose files are kept in memory and read again when there is a newer build. */
export class SiteFiles {
  readonly #directory: string
  #madeAtMs = 0
  #reading: Promise<SiteBuild> | undefined

  constructor(directory: string) {
    this.#directory = directory
  }

  /** Undefined while there is no build, or no whole one. */
  async latest(): Promise<SiteBuild | undefined> {
    try {
      const { mtimeMs } = await stat(join(this.#directory, INDEX))
      if (mtimeMs !== this.#madeAtMs) this.#reading = undefined
      this.#madeAtMs = mtimeMs
      this.#reading ??= readBuild(this.#directory)
      return await this.#reading
    } catch {
      // Not built, or just being replaced: whoever asks again is answered.
      this.#reading = undefined
      return undefined
    }
  }
}

async function readBuild(directory: string): Promise<SiteBuild> {
  const bytes = await readFilesBelow(directory)
  const index = bytes.get(INDEX)
  if (!index) throw new Error(`${directory} has no ${INDEX}.`)
  const files = new Map<string, SiteFile>()
  for (const [path, plain] of bytes) {
    const type = TYPES[extname(path)]
    if (type === undefined || path === INDEX) continue
    const coded = CODINGS.flatMap(([coding, ending]): [string, Buffer][] => {
      const smaller = bytes.get(`${path}${ending}`)
      return smaller ? [[coding, smaller]] : []
    })
    files.set(path, { type, plain, coded: new Map(coded) })
  }
  return { index: index.toString('utf8'), files }
}

async function readFilesBelow(directory: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const reads = entries
    .filter((entry) => entry.isFile())
    .map(async (entry): Promise<[string, Buffer]> => {
      const path = join(entry.parentPath, entry.name)
      return [relative(directory, path).split(sep).join('/'), await readFile(path)]
    })
  return new Map(await Promise.all(reads))
}
