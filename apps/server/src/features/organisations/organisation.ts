import { defineErrors } from '../../kernel/errors.ts'

/** A tenant. */
export interface Organisation {
  readonly id: number
  readonly name: string
  readonly enabled: boolean
  readonly createdAt: Date
}

export const organisationErrors = defineErrors('organisation', {
  not_found: { kind: 'not_found', message: (id: string | number) => `There is no organisation ${id}.` },
  bad_name: {
    kind: 'invalid',
    message: () => 'The name of an organisation is 1 to 128 printable characters, not all of them spaces.',
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

/** The number, or undefined for anything that cannot be the id of an organisation (a PostgreSQL `int`). */
export function parseOrganisationId(text: string): number | undefined {
  if (!/^[1-9][0-9]{0,9}$/.test(text)) return undefined
  const id = Number(text)
  return id <= 2_147_483_647 ? id : undefined
}
