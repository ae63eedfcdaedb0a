import { AuthzSyntaxError, type Section } from './authz-file.ts'

/** What the brackets of a rule section say. */
export type RuleHeader = Omit<Section, 'entries'>

/** Parses what stands between `[` and `]`: `aliases`, `groups`, or `[:glob:][repository:]/path`. */
export function parseHeader(line: number, text: string): 'aliases' | 'groups' | RuleHeader {
  if (text === 'aliases' || text === 'groups') return text
  const glob = text.startsWith(':')
  const rule = glob ? afterToken(line, text) : text
  const colon = rule.startsWith('/') ? -1 : rule.indexOf(':')
  if (colon === 0) throw new AuthzSyntaxError(line, `Empty repository name in [${text}].`)
  const path = rule.slice(colon + 1)
  if (!path.startsWith('/')) throw new AuthzSyntaxError(line, `Section is not valid: [${text}].`)
  const header = { glob, path: parsePath(line, path) }
  return colon < 0 ? header : { repository: rule.slice(0, colon), ...header }
}

function afterToken(line: number, text: string): string {
  const end = text.indexOf(':', 1)
  if (end < 0) throw new AuthzSyntaxError(line, `Empty repository name in [${text}].`)
  if (text.slice(1, end) !== 'glob') throw new AuthzSyntaxError(line, `Invalid type token in [${text}].`)
  return text.slice(end + 1)
}

function parsePath(line: number, path: string): string {
  // Subversion 1.14 stops reading at an empty first part, so `[//a]` is the root's section.
  if (path === '/' || path.startsWith('//')) return '/'
  for (const part of path.slice(1).split('/')) {
    if (part === '' || part === '.' || part === '..') {
      throw new AuthzSyntaxError(line, `Non-canonical path '${path}': it has the part '${part}'.`)
    }
  }
  return path
}
