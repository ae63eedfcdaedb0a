export { type ClientStanding, REFUSALS, type Refusal, refusalOf } from './gate.ts'
export { requestClient } from './requests/request-client.ts'
