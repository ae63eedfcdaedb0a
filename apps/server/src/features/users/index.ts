export { createUser } from './create-user.ts'
export { type User, userErrors } from './user.ts'
export type { NamedUserLists, UserReads } from './user-store.ts'
