import type { Page, PageRequest, PortreeveClient, Resource, ResourcePermission, RuleOf } from '@portreeve/client'

/** A permission with the resource that its path is relative to. */
export interface PlacedPermission extends ResourcePermission {
  readonly resource: Resource | undefined
}

const FIRST_RESOURCES = 100

/** A page of the permissions of a rule, with their resources. */
export async function pagePlaced(
  client: PortreeveClient,
  rule: RuleOf,
  request: PageRequest,
): Promise<Page<PlacedPermission>> {
  const { signal } = request
  const [permissions, first] = await Promise.all([
    client.rules.pagePermissions(rule, request),
    client.teams.pageResources(rule.teamId, { page: 1, pageSize: FIRST_RESOURCES, signal }),
  ])
  const known = new Map(first.items.map((resource) => [resource.id, resource]))
  // Few teams have more resources than those; of these, the ones that the page speaks of are asked for by their ids.
  const wanted = new Set(permissions.items.map(({ ownerResource }) => ownerResource))
  const missing = await Promise.all(
    [...wanted.difference(new Set(known.keys()))].map((id) =>
      client.teams.pageResources(rule.teamId, { page: 1, pageSize: 1, search: { id }, signal }),
    ),
  )
  for (const resource of missing.flatMap(({ items }) => items)) known.set(resource.id, resource)
  const items = permissions.items.map((each) => ({ ...each, resource: known.get(each.ownerResource) }))
  return { items, total: permissions.total }
}
