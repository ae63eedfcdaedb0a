export { type AccessQuestion, accessOf } from './access-of.ts'
export {
  type Access,
  type AuthzFile,
  AuthzSyntaxError,
  AuthzUnsupportedError,
  type Entry,
  hasGlobs,
  type Named,
  type Section,
  type Subject,
} from './authz-file.ts'
export { isExpressiblePath, isExpressibleUsername, needsAlias, needsGroup } from './expressible.ts'
export {
  ENFORCING_ORDER,
  type ImportNote,
  type ImportPlan,
  type Place,
  type PlannedRule,
  type PlannedTeam,
  type RepositoryImportPlan,
  type RuleAudience,
} from './import/import-plan.ts'
export { planImport } from './import/plan-import.ts'
export { planRepositoryImport } from './import/plan-repository-import.ts'
export { isLongPath, LONGEST_PATH_BYTES } from './long-path.ts'
export { membersOf } from './members-of.ts'
export { parseAuthz } from './parse-authz.ts'
export { printAuthz } from './print-authz.ts'
export { type ResolvedPath, resolveSections } from './resolve-sections.ts'
