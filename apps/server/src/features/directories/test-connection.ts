import { type Directory, isDirectoryFailure } from './directory.ts'
import { type DirectoryUser, toDirectoryUser, userSearch } from './directory-user.ts'
import type { OpenAuthority } from './ldap-authority.ts'

export interface TestConnectionDeps {
  readonly directory: Directory
  monotonicMs(): number
}

export interface ConnectionTest {
  /** What users must match besides being users. */
  readonly filter?: string | undefined
  /** How many of them to show. */
  readonly pageSize: number
}

export interface TestConnectionResult {
  readonly success: boolean
  /** What was found, or why nothing was. */
  readonly message: string
  readonly durationMs: number
  readonly totalResults: number
  readonly DTOs: readonly DirectoryUser[]
}

/**
 * Connects, binds and reads everything the search finds, as whatever builds on it will: that it is answered to its end is
 * what is tested. Only a bad filter throws; what keeps the directory from answering is a result.
 */
export async function testConnection(
  deps: TestConnectionDeps,
  authority: OpenAuthority,
  test: ConnectionTest,
): Promise<TestConnectionResult> {
  if (test.filter !== undefined) deps.directory.assertFilter(test.filter)
  const startedAtMs = deps.monotonicMs()
  const found = await findUsers(deps.directory, authority, test)
  return { ...found, durationMs: Math.round(deps.monotonicMs() - startedAtMs) }
}

async function findUsers(
  directory: Directory,
  authority: OpenAuthority,
  { filter, pageSize }: ConnectionTest,
): Promise<Omit<TestConnectionResult, 'durationMs'>> {
  const users: DirectoryUser[] = []
  let totalResults = 0
  try {
    await using session = await directory.connect(authority)
    for await (const page of session.search(userSearch(authority, filter))) {
      totalResults += page.length
      const wanted = page.slice(0, pageSize - users.length)
      users.push(...wanted.map((entry) => toDirectoryUser(authority, entry)))
    }
  } catch (error) {
    if (!isDirectoryFailure(error)) throw error
    return { success: false, message: error.message, totalResults: 0, DTOs: [] }
  }
  return { success: true, message: `The directory answers; users found: ${totalResults}.`, totalResults, DTOs: users }
}
