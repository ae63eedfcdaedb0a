// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001F\u007F]/

/**
 * Whether an authz file can name this user, if need be through an alias.
 *
 * It cannot name an empty user (Subversion takes it for the anonymous one) or one with blanks at either end (stripped
 * from every name and value). A line feed ends the line and a NUL the string; the other control characters could be
 * written, but typed at no prompt and carried by no XML. Text with lone surrogates has no UTF-8 form. Everything else
 * works: `=`, `:`, `,`, quotes, `#`, `%(x)s`, `$anonymous`, `~x`, and other Unicode, compared byte by byte, so that
 * composed and decomposed forms of a letter are two users.
 */
export function isExpressibleUsername(text: string): boolean {
  return text !== '' && !text.startsWith(' ') && !text.endsWith(' ') && !CONTROL.test(text) && text.isWellFormed()
}

/**
 * Whether an authz file can have a section for this path.
 *
 * The path must be canonical: `/`, or parts that are neither empty nor `.` nor `..`, each after a `/`. A `]` ends the
 * section's header, so that `[/a]b]` would silently speak of `/a`; Subversion itself refuses control characters in
 * paths (svn_path_check_valid). Blanks, also outer ones, `:`, `*` and other Unicode work, compared byte by byte.
 */
export function isExpressiblePath(text: string): boolean {
  if (text === '/') return true
  if (!text.startsWith('/') || text.includes(']') || CONTROL.test(text) || !text.isWellFormed()) return false
  return !/\/(?:\.{0,2})(?:\/|$)/.test(text)
}

/** Whether a user's name would be read as something else, so that an alias must stand for it. */
export function needsAlias(username: string): boolean {
  return /^[@$&*~#[]|[:=,]/.test(username)
}

/**
 * Whether even the alias must stand in a group: in an entry of its own, Subversion reads an alias of "@x" as the group
 * x, and one of "~x" beside `~x` makes it abort.
 */
export function needsGroup(username: string): boolean {
  return username.startsWith('@') || username.startsWith('~')
}
