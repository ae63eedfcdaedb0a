import { defineErrors } from '../../../kernel/errors.ts'

export const clientChangeErrors = defineErrors('client_bulk', {
  not_one_act: {
    kind: 'invalid',
    message: () => 'Send exactly one of add, permit and remove, with the link of a client.',
  },
})
