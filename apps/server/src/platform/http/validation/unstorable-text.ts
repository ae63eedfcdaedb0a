/**
 * Says which texts of a request hold the character U+0000, or half of a surrogate pair. JSON can carry both; PostgreSQL stores
 * neither, and the second would become another character on the way, in a password, too.
 */
export function findUnstorableText(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'string') return problemOf(value, path)
  if (Array.isArray(value)) return value.flatMap((item, index) => findUnstorableText(item, `${path}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => [
    ...problemOf(name, path ? `a name in ${path}` : 'a name'),
    ...findUnstorableText(each, path ? `${path}.${name}` : name),
  ])
}

function problemOf(text: string, path: string): readonly string[] {
  if (text.includes('\0')) return [`${path} must not hold the character U+0000`]
  return text.isWellFormed() ? [] : [`${path} must not hold half of a surrogate pair`]
}
