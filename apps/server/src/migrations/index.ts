import type { Migration } from '../platform/database/migrate.ts'
import { sql as organisationsAndUsers } from './0001-organisations-and-users.ts'
import { sql as signIn } from './0002-sign-in.ts'
import { sql as model } from './0003-model.ts'

/** Every step of the schema, in order. Add at the end; never edit one that has landed. */
export const migrations: readonly Migration[] = [
  { name: '0001-organisations-and-users', sql: organisationsAndUsers },
  { name: '0002-sign-in', sql: signIn },
  { name: '0003-model', sql: model },
]
