export { ProposalQueue } from './proposal-queue.ts'
