/** Codes of what can keep a stored secret from being decrypted. */
export const OPENING_ERRORS = [
  'envelope.not_authentic',
  'master_key.missing',
  'master_key.unusable',
  'master_key.bad_form',
  'master_key.wrong',
  'master_key.damaged',
  'key_ring.no_service',
  'key_command.failed',
  'key_command.busy',
] as const

/** Codes of what can keep a secret from being encrypted. */
export const SEALING_ERRORS = [
  'master_key.missing',
  'master_key.unusable',
  'master_key.bad_form',
  'key_command.failed',
  'key_command.busy',
] as const
