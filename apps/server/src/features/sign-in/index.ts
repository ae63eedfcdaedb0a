export { authenticate } from './authenticate.ts'
export { purgeExpired } from './purge-expired.ts'
export { bootstrapSuperadmin } from './setup/bootstrap-superadmin.ts'
export { issueSetupLink } from './setup/issue-setup-link.ts'
