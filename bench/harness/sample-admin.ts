import { PERMISSION_FLAGS, type Principal } from '../../apps/server/src/kernel/principal.ts'

/** Somebody who may do everything in organisation 1. */
export const sampleAdmin: Principal = {
  userId: '00000000-0000-4000-8000-000000000000',
  username: 'admin',
  role: 'admin',
  flags: new Set(PERMISSION_FLAGS),
  homeOrganisation: 1,
  organisation: 1,
  via: 'token',
}
