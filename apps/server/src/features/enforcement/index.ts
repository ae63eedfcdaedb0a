export { publishModel } from './publish-model.ts'
export { Publisher } from './publisher.ts'
export { restoreFiles } from './restore-files.ts'
