export { DecisionModels } from './freshness/decision-models.ts'
