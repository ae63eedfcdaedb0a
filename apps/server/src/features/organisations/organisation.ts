import { defineErrors } from '../../kernel/errors.ts'

/** A tenant. */
export interface Organisation {
  readonly id: number
  readonly name: string
  readonly enabled: boolean
  readonly createdAt: Date
  /** Days after which a registered connector that nobody uses is deleted. */
  readonly connectorRetentionPeriod: number
}

const LONGEST_RETENTION_DAYS = 3650
export const DEFAULT_RETENTION_DAYS = 90

export const organisationErrors = defineErrors('organisation', {
  not_found: { kind: 'not_found', message: (id: string | number) => `There is no organisation ${id}.` },
  bad_name: {
    kind: 'invalid',
    message: () => 'The name of an organisation is 1 to 128 printable characters, not all of them spaces.',
  },
  bad_retention_period: {
    kind: 'invalid',
    message: () => `connector_retention_period is a whole number of days from 1 to ${LONGEST_RETENTION_DAYS}.`,
  },
  name_taken: { kind: 'conflict', message: (name: string) => `There is an organisation "${name}" already.` },
  disabled: { kind: 'forbidden', message: () => 'Your organisation is disabled.' },
  target_disabled: { kind: 'conflict', message: (id: number) => `Organisation ${id} is disabled.` },
  other: { kind: 'forbidden', message: () => 'Only a superadmin acts in another organisation than their own.' },
  own: { kind: 'conflict', message: () => 'Nobody can disable the organisation they belong to.' },
  superadmin_only: { kind: 'forbidden', message: () => 'Only a superadmin may do this.' },
})

const PRINTABLE = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,128}$/u

/** The name without surrounding space, or `organisation.bad_name`. */
export function parseOrganisationName(text: string): string {
  const name = text.trim()
  if (!PRINTABLE.test(name)) throw organisationErrors.bad_name()
  return name
}

/** The days, or `organisation.bad_retention_period`. */
export function parseRetentionPeriod(days: number): number {
  const isPossible = Number.isInteger(days) && days >= 1 && days <= LONGEST_RETENTION_DAYS
  if (!isPossible) throw organisationErrors.bad_retention_period()
  return days
}

/** The number, or undefined for anything that cannot be the id of an organisation (a PostgreSQL `int`). */
export function parseOrganisationId(text: string): number | undefined {
  if (!/^[1-9][0-9]{0,9}$/.test(text)) return undefined
  const id = Number(text)
  return id <= 2_147_483_647 ? id : undefined
}
