export { DecisionModels, type ModelReading, type ModelsKept } from './freshness/decision-models.ts'
