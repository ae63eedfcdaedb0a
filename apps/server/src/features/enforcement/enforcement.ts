import { defineErrors } from '../../kernel/errors.ts'

export const enforcementErrors = defineErrors('enforcement', {
  not_published: {
    kind: 'not_found',
    message: (id: string) => `There is no repository ${id}, or its file is not published yet.`,
  },
})
