export { createRepository } from './create-repository.ts'
export { repositoryErrors } from './repository.ts'
export type { RepositoryReads } from './repository-store.ts'
