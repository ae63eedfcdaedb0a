import { defineErrors } from '../../../kernel/errors.ts'
import { isEntryName } from './entry-text.ts'

/** What can be wrong with any entry: a data source, a group, a login credential. */
export const entryErrors = defineErrors('entry', {
  // As the original words it (spec: "Errors").
  name_taken: { kind: 'invalid', message: (type: string) => `There is a ${type} with the same name` },
  bad_name: { kind: 'invalid', message: () => 'name must be printable, and without blanks at its ends' },
  other_id: { kind: 'invalid', message: (id: number) => `id must be ${id}, as in the path, or left out` },
  not_yours: {
    kind: 'forbidden',
    message: () => 'This is for whoever made it, for its stewards, and for admins with allow_modify_datasources.',
  },
})

/** Throws `entry.bad_name` unless the text can be a name. */
export function parseEntryName(text: string): string {
  if (!isEntryName(text)) throw entryErrors.bad_name()
  return text
}

/** A PUT may name the entry it changes, and no other. */
export function assertSameId(id: number, named: number | undefined): void {
  if (named !== undefined && named !== id) throw entryErrors.other_id(id)
}
