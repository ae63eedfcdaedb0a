import type { AuditRecord } from '@portreeve/client'

const AREAS: Readonly<Record<string, string>> = {
  user: 'users',
  team: 'teams',
  repository: 'repositories',
  organisation: 'organisations',
}

/** The page of what was acted on, which may be gone by now; undefined where things of its type have none. */
export function addressOfObject({ type, id }: AuditRecord['object']): string | undefined {
  const area = AREAS[type]
  return area === undefined ? undefined : `${area}/${encodeURIComponent(id)}`
}
