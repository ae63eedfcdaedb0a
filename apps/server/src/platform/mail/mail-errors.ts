import { defineErrors } from '../../kernel/errors.ts'

export const mailErrors = defineErrors('mail', {
  // The cause says more than a caller should see: names of mail servers, what they answered.
  not_sent: { kind: 'unavailable', message: () => 'The mail could not be sent now.', retryAfterS: () => 60 },
})
