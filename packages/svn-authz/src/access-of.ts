import { assertEvaluable } from './assert-evaluable.ts'
import type { Access, AuthzFile, Entry, Named, Section } from './authz-file.ts'
import { dealias, membersOf } from './members-of.ts'

/** One question to an authz file. No user means an anonymous visitor. */
export interface AccessQuestion {
  readonly repository: string
  readonly path: string
  readonly user?: string | undefined
}

/** Some signed-in user whom no entry names. */
export const STRANGER = Symbol('stranger')
export type Visitor = string | typeof STRANGER | undefined

const RANK: Record<Access, number> = { no: 0, r: 1, rw: 2 }

/**
 * Answers as Subversion 1.14 does (libsvn_repos/authz.c): at the nearest path whose sections mention the visitor, all
 * entries that match are OR-ed; a repository's own section goes before the general one for the same path.
 * @throws {AuthzUnsupportedError} for a file with glob sections or an inverted empty group.
 */
export function accessOf(file: AuthzFile, question: AccessQuestion): Access {
  assertEvaluable(file)
  for (const path of upwards(question.path)) {
    const mentioned = mentionAt(file, sectionsAt(file, question.repository, path), question.user)
    if (mentioned !== undefined) return mentioned
  }
  return 'no'
}

/** The path and those above it, nearest first. */
export function* upwards(path: string): Generator<string> {
  for (let end = path.length; end > 1; end = path.lastIndexOf('/', end - 1)) yield path.slice(0, end)
  yield '/'
}

const indexes = new WeakMap<AuthzFile, Map<string, Section>>()

/** The sections for exactly this path that apply in the repository, its own before the general one. */
export function sectionsAt(file: AuthzFile, repository: string, path: string): readonly Section[] {
  let index = indexes.get(file)
  if (!index) {
    index = new Map(file.sections.map((section) => [`${section.repository ?? ''}:${section.path}`, section]))
    indexes.set(file, index)
  }
  return [index.get(`${repository}:${path}`), index.get(`:${path}`)].filter((section) => section !== undefined)
}

/** What the first of these sections that mentions the visitor grants, or undefined if none does. */
export function mentionAt(file: AuthzFile, sections: readonly Section[], visitor: Visitor): Access | undefined {
  for (const section of sections) {
    let granted: Access | undefined
    for (const entry of section.entries) {
      const isMore = granted === undefined || RANK[entry.access] > RANK[granted]
      if (isMore && applies(file, entry, visitor)) granted = entry.access
    }
    if (granted !== undefined) return granted
  }
  return undefined
}

function applies(file: AuthzFile, { subject, inverted }: Entry, visitor: Visitor): boolean {
  if ('name' in subject) {
    // Anonymous visitors match no name, and no inverted name either.
    return visitor !== undefined && isNamed(file, subject, visitor) !== inverted
  }
  if (subject.kind === 'anonymous') return (visitor === undefined) !== inverted
  if (subject.kind === 'authenticated') return (visitor !== undefined) !== inverted
  return true
}

function isNamed(file: AuthzFile, subject: Named, visitor: string | typeof STRANGER): boolean {
  const { kind, name } = dealias(file, subject)
  if (kind !== 'group') return visitor === name
  return visitor !== STRANGER && membersOf(file, name).has(visitor)
}
