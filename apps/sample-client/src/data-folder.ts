import { randomUUID } from 'node:crypto'
import { lstat, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { ClientError } from './client-error.ts'
import type { Situation } from './situation.ts'

/** The connector of this installation. */
export interface KeptConnector {
  readonly url: string
  readonly id: number
  readonly secret: string
}

/** What a wipe is about. */
export interface PersonalData {
  readonly notes: readonly string[]
  readonly teams: readonly string[]
}

// A folder has one of these two marks: it is ours, or ours and being erased.
const MARK = 'portreeve-sample-client'
const ERASING_MARK = 'portreeve-sample-client.erasing'
const MARK_TEXT = 'This folder belongs to the sample client of Portreeve, which erases all of it when told to.\n'
const CONNECTOR = 'connector.json'
/** Holds all but mark and connector. It goes first, and nothing makes it anew: what is written into it late fails. */
const PRIVATE = 'private'
const SITUATION = 'situation.json'
const TEAMS = 'teams.json'
const NOTE_SUFFIX = '.note'

/** The one folder that the client keeps everything in, and erases. */
export class DataFolder {
  readonly path: string

  private constructor(path: string) {
    this.path = path
  }

  /** A folder that is ours. @throws {ClientError} when it is not there, or somebody else's. */
  static async open(path: string): Promise<DataFolder> {
    const folder = new DataFolder(resolve(path))
    if (!(await exists(folder.path))) throw noConnector()
    await folder.#assertOurs()
    return folder
  }

  /** The same, made ours if there is nothing in it yet or it is not there. */
  static async claim(path: string): Promise<DataFolder> {
    const folder = new DataFolder(resolve(path))
    await mkdir(folder.path, { recursive: true, mode: 0o700 })
    if ((await readdir(folder.path)).length === 0) await writeWhole(folder.path, MARK, MARK_TEXT)
    await folder.#assertOurs()
    return folder
  }

  async findConnector(): Promise<KeptConnector | undefined> {
    return readJson<KeptConnector>(join(this.path, CONNECTOR))
  }

  /** @throws {ClientError} when there is none. */
  async getConnector(): Promise<KeptConnector> {
    const connector = await this.findConnector()
    if (!connector) throw noConnector()
    return connector
  }

  async saveConnector(connector: KeptConnector): Promise<void> {
    await mkdir(join(this.path, PRIVATE), { recursive: true, mode: 0o700 })
    await writeWhole(this.path, CONNECTOR, JSON.stringify(connector))
  }

  /** What the server said last. */
  async findSituation(): Promise<Situation | undefined> {
    return readJson<Situation>(join(this.path, PRIVATE, SITUATION))
  }

  async saveSituation(situation: Situation): Promise<void> {
    await this.#writePrivate(SITUATION, JSON.stringify(situation))
  }

  async addNote(text: string): Promise<void> {
    await this.#writePrivate(`${new Date().toISOString().replaceAll(':', '-')}-${randomUUID()}${NOTE_SUFFIX}`, text)
  }

  async saveTeams(names: readonly string[]): Promise<void> {
    await this.#writePrivate(TEAMS, JSON.stringify(names))
  }

  async readPersonalData(): Promise<PersonalData> {
    const directory = join(this.path, PRIVATE)
    const names = (await readdir(directory)).filter((name) => name.endsWith(NOTE_SUFFIX)).sort()
    const notes = await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')))
    return { notes, teams: (await readJson<readonly string[]>(join(directory, TEAMS))) ?? [] }
  }

  /** Whether it was begun, now or before a crash, to erase the folder. */
  isErasing(): Promise<boolean> {
    return exists(join(this.path, ERASING_MARK))
  }

  /** From here on the folder is to be erased, whatever happens. */
  async beginErasing(): Promise<void> {
    if (await this.isErasing()) return
    await this.#assertOurs()
    await rename(join(this.path, MARK), join(this.path, ERASING_MARK))
    await sync(this.path)
  }

  /** Erases everything in the folder but the mark and the connector, with whose secret the server is to be told. */
  async erasePersonalData(): Promise<void> {
    await this.#assertOurs()
    for (;;) {
      const names = (await readdir(this.path)).filter((name) => name !== ERASING_MARK && name !== CONNECTOR)
      if (names.length === 0) break
      // Does not follow symbolic links: they go, and what they lead to stays.
      for (const name of names) await rm(join(this.path, name), { recursive: true, force: true, maxRetries: 3 })
    }
    await sync(this.path)
  }

  /** The rest: the folder is empty then. It stays, since the one around it is not ours. */
  async eraseConnector(): Promise<void> {
    for (const name of [CONNECTOR, ERASING_MARK]) {
      await rm(join(this.path, name), { force: true })
      await sync(this.path)
    }
  }

  async #writePrivate(name: string, text: string): Promise<void> {
    await writeWhole(join(this.path, PRIVATE), name, text)
  }

  async #assertOurs(): Promise<void> {
    const { path } = this
    // A symbolic link could lead into a folder with much else.
    const isFolder = (await lstat(path)).isDirectory()
    const isMarked = isFolder && ((await hasMark(join(path, MARK))) || (await hasMark(join(path, ERASING_MARK))))
    if (!isMarked) throw new ClientError(`${path} is not a folder of this client: name an empty one, or none yet.`)
  }
}

function noConnector(): ClientError {
  return new ClientError('There is no connector here yet. Register or log in; --folder says where it is kept.')
}

async function hasMark(path: string): Promise<boolean> {
  if (!(await exists(path))) return false
  return (await lstat(path)).isFile() && (await readFile(path, 'utf8')) === MARK_TEXT
}

async function exists(path: string): Promise<boolean> {
  return (await orAbsent(lstat(path))) !== undefined
}

async function readJson<T>(path: string): Promise<T | undefined> {
  const text = await orAbsent(readFile(path, 'utf8'))
  return text === undefined ? undefined : (JSON.parse(text) as T)
}

async function orAbsent<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Old or new after a crash, never in between; for this account alone. */
async function writeWhole(directory: string, name: string, text: string): Promise<void> {
  const unfinished = join(directory, `${name}.${randomUUID()}.part`)
  {
    await using file = await open(unfinished, 'wx', 0o600)
    await file.writeFile(text)
    await file.sync()
  }
  await rename(unfinished, join(directory, name))
  await sync(directory)
}

/** Until a directory is synced, a crash of the machine may undo what was done in it. */
async function sync(directory: string): Promise<void> {
  await using handle = await open(directory)
  await handle.sync()
}
