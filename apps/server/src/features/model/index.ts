export { ProposalQueue } from './proposal-queue.ts'
export { revertModel } from './revert/revert-model.ts'
