export { importAuthz } from './import-authz.ts'
