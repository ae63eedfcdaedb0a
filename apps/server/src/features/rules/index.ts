export { addPermissions } from './add-permissions.ts'
export { addRuleMembers } from './add-rule-members.ts'
export { changePermissions } from './change-permissions.ts'
export { changeRule } from './change-rule.ts'
export { createRule } from './create-rule.ts'
export { deleteRule } from './delete-rule.ts'
export { effectiveRight } from './effective-right.ts'
export { describeUnreachable } from './hearing/describe-unreachable.ts'
export { type Atom, findAtoms } from './hearing/find-atoms.ts'
export {
  findUnreachable,
  type ReportedAudience,
  splitByAudience,
  type UnreachablePath,
} from './hearing/find-unreachable.ts'
export { hearStatements, type Speech } from './hearing/hear-statements.ts'
export { NONE, READ, READ_WRITE, type Right } from './hearing/right.ts'
export { RightsOfClasses } from './hearing/rights-of-classes.ts'
export { classifyUsers } from './hearing/user-classes.ts'
export { UserNumbers } from './hearing/user-numbers.ts'
export { ancestorsFirst, isBelow, walkPaths } from './hearing/walk-paths.ts'
export { removePermissions } from './remove-permissions.ts'
export { removeRuleMembers } from './remove-rule-members.ts'
export type { Audience, PermissionType, RepositoryRights, Statement } from './statement.ts'
