export { createRepository } from './create-repository.ts'
export type { RepositoryReads } from './repository-store.ts'
