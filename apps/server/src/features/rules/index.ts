export { changeRule } from './change-rule.ts'
export { createRule } from './create-rule.ts'
export { deleteRule } from './delete-rule.ts'
export { describeUnreachable } from './hearing/describe-unreachable.ts'
export { effectiveRight } from './hearing/effective-right.ts'
export { type Atom, findAtoms } from './hearing/find-atoms.ts'
export {
  findUnreachable,
  type ReportedAudience,
  splitByAudience,
  type UnreachablePath,
} from './hearing/find-unreachable.ts'
export { hearStatements, type Speech } from './hearing/hear-statements.ts'
export { NONE, READ, READ_WRITE, RIGHT_OF, type Right, strongerRight } from './hearing/right.ts'
export { RightsOfClasses } from './hearing/rights-of-classes.ts'
export { classifyUsers } from './hearing/user-classes.ts'
export { UserNumbers } from './hearing/user-numbers.ts'
export { ancestorsFirst, isBelow, walkPaths } from './hearing/walk-paths.ts'
export { addRuleMembers } from './members/add-rule-members.ts'
export { removeRuleMembers } from './members/remove-rule-members.ts'
export { addPermissions } from './permissions/add-permissions.ts'
export { changePermissions } from './permissions/change-permissions.ts'
export { removePermissions } from './permissions/remove-permissions.ts'
export type { Audience, PermissionType, RepositoryRights, Statement } from './statement.ts'
