export { openServerKeys } from './server/server-keys.ts'
