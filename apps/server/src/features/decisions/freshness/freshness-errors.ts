import { defineErrors } from '../../../kernel/errors.ts'

export const freshnessErrors = defineErrors('access_model', {
  not_reached: {
    kind: 'conflict',
    message: (wanted: number, reached: number) =>
      `atLeastRevision: the model is at revision ${reached} and did not reach ${wanted} in time. Ask again, or see whether a change waits to be applied.`,
  },
})
