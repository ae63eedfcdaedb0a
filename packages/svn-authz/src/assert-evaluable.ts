import { type AuthzFile, AuthzUnsupportedError } from './authz-file.ts'
import { dealias, membersOf } from './members-of.ts'

const evaluable = new WeakSet<AuthzFile>()

/**
 * Throws {@link AuthzUnsupportedError} for glob sections and for inverted entries of empty groups. Subversion 1.14.2
 * lets the latter match every signed-in user, but leaves them out of the summary of rights by which it answers for a
 * user whom the file does not name, so that the answer hangs on unrelated sections.
 */
export function assertEvaluable(file: AuthzFile): void {
  if (evaluable.has(file)) return
  for (const { glob, path, entries } of file.sections) {
    if (glob) throw new AuthzUnsupportedError(`Glob sections are not supported: [:glob:${path}].`)
    for (const { subject, inverted } of entries) {
      if (!inverted || !('name' in subject)) continue
      const { kind, name } = dealias(file, subject)
      if (kind === 'group' && membersOf(file, name).size === 0) {
        throw new AuthzUnsupportedError(`An inverted entry of an empty group is not supported: ~@${name} in [${path}].`)
      }
    }
  }
  evaluable.add(file)
}
