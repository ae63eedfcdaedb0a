export { ProposalQueue } from './proposal-queue.ts'
export { foreseeInTurn, type Proposals, proposeInTurn, type Refusals } from './propose-in-turn.ts'
export { revertModel } from './revert/revert-model.ts'
