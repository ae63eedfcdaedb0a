/**
 * Says which texts of a request hold the character U+0000. JSON and URLs can carry it, PostgreSQL cannot store it, and
 * no text of ours has a use for it.
 */
export function findZeroCharacters(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'string') return value.includes('\0') ? [`${path} must not hold the character U+0000`] : []
  if (Array.isArray(value)) return value.flatMap((item, index) => findZeroCharacters(item, `${path}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => findZeroCharacters(each, path ? `${path}.${name}` : name))
}
