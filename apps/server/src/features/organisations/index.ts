export type { AdminStore } from './admin-store.ts'
export { organisationErrors } from './organisation.ts'
export { actingOrganisation } from './organisation-policy.ts'
