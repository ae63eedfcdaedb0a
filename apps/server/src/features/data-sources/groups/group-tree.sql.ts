/**
 * A common table expression `above`: the group whose id `start` is, and all groups that it is in. `union` ends even where
 * rows went round in a circle, which the lock on the tree keeps them from.
 */
export function groupsAbove(start: string): string {
  return `above as (
    select id, parent_id from data_source_group where id = ${start}
    union
    select parent.id, parent.parent_id from above join data_source_group parent on parent.id = above.parent_id
  )`
}

/**
 * A common table expression `below`: the group `$2` of the organisation `$1`, and all groups in it, with the number of steps
 * down to each. NOTE: it relies on there being no circle.
 */
export const GROUPS_BELOW = `below as (
    select id, 0 as depth from data_source_group where organisation_id = $1 and id = $2
    union all
    select child.id, below.depth + 1
    from below join data_source_group child on child.organisation_id = $1 and child.parent_id = below.id
  )`
