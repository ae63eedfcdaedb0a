import { access, constants, readFile, symlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withCause } from '../../../kernel/errors.ts'
import { embeddedPostgresErrors } from './embedded-postgres-errors.ts'

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
}

/** Finds PostgreSQL in the package for this platform, and completes the package where its install script did not run. */
export async function locatePostgres(): Promise<PostgresBinaries> {
  const platform = `${process.platform}-${process.arch}`
  const root = packageRoot(platform)
  const binaries = { initdb: join(root, 'native/bin/initdb'), postgres: join(root, 'native/bin/postgres') }
  for (const path of Object.values(binaries)) {
    await access(path, constants.X_OK).catch((cause) => {
      throw withCause(embeddedPostgresErrors.unsupported(platform), cause)
    })
  }
  await makeLibraryLinks(root)
  return binaries
}

function packageRoot(platform: string): string {
  try {
    // The package exports dist/index.js and nothing else.
    return dirname(dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}`))))
  } catch (cause) {
    throw withCause(embeddedPostgresErrors.unsupported(platform), cause)
  }
}

interface LibraryLink {
  /** What the link points at, from the package's root. */
  readonly source: string
  readonly target: string
}

/** npm packs no links, so the package lists them; its own script makes them, unless npm ran with --ignore-scripts. */
async function makeLibraryLinks(root: string): Promise<void> {
  const listed = await readFile(join(root, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links: LibraryLink[] = JSON.parse(listed)
  await Promise.all(
    links.map(async ({ source, target }) => {
      try {
        await symlink(relative(dirname(target), source), join(root, target))
      } catch (cause) {
        const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
        if (!exists && !(await isReadable(join(root, target)))) {
          throw withCause(embeddedPostgresErrors.unwritable_package(target), cause)
        }
      }
    }),
  )
}

async function isReadable(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  )
}
