import type { DataSource, DataSourceChange, NewDataSource } from '@portreeve/client'
import { changedValues } from '../../parts/conflicts/changed-values.ts'
import { type EntryTexts, NO_TEXTS, textsOf } from '../../parts/entries/entry-texts.ts'
import { personReferences } from '../../parts/entries/person-references.ts'

export const DATABASE_TYPES = [
  'PostgreSQL',
  'MySQL',
  'Oracle',
  'SQL Server',
  'DB2',
  'SQLite',
  'Other',
] as const satisfies readonly DataSource['databaseType'][]

/** A data source as it is edited. */
export type DataSourceForm = EntryTexts & {
  readonly name: string
  readonly databaseType: string
  readonly host: string
  /** Empty: the usual one. */
  readonly port: string
  readonly database: string
  /** One a line: `owner = finance`. */
  readonly properties: string
  /** By name. */
  readonly stewards: readonly string[]
  readonly loginCredentials: readonly string[]
}

export const NEW_DATA_SOURCE: DataSourceForm = {
  ...NO_TEXTS,
  name: '',
  databaseType: 'PostgreSQL',
  host: '',
  port: '',
  database: '',
  properties: '',
  stewards: [],
  loginCredentials: [],
}

export function toForm(source: DataSource): DataSourceForm {
  const { name, databaseType, host, port, database, properties, stewards, loginCredentials } = source
  return {
    ...textsOf(source),
    name,
    databaseType,
    host,
    port: port === undefined ? '' : String(port),
    database,
    properties: textOfProperties(properties),
    stewards: stewards.map((person) => person.name),
    loginCredentials: loginCredentials.map((credential) => credential.name),
  }
}

/** What a new one is made of: what was left empty is left out. */
export function toNew(form: DataSourceForm, groupId: number | undefined): NewDataSource {
  const { name, databaseType } = form
  const given = toChange(NEW_DATA_SOURCE, form, [])
  return { ...given, name, databaseType: toDatabaseType(databaseType), ...(groupId !== undefined && { groupId }) }
}

/** What differs from before; of the stewards, those who are known are sent by id. */
export function toChange(
  before: DataSourceForm,
  after: DataSourceForm,
  known: DataSource['stewards'],
): Omit<DataSourceChange, 'groupId'> {
  const { databaseType, port, properties, stewards, loginCredentials, ...texts } = changedValues(before, after)
  return {
    ...texts,
    ...(databaseType !== undefined && { databaseType: toDatabaseType(databaseType) }),
    ...(port !== undefined && { port: port === '' ? null : Number(port) }),
    ...(properties !== undefined && { properties: readProperties(properties) }),
    ...(stewards && { stewards: personReferences(stewards, known) }),
    ...(loginCredentials && { loginCredentials: [...loginCredentials] }),
  }
}

/** What is wrong before the server is asked. */
export function checkForm({ properties }: Pick<DataSourceForm, 'properties'>): { readonly properties?: string } {
  const index = linesOf(properties).findIndex((line) => !/^[^=]*[^=\s][^=]*=/.test(line))
  return index === -1 ? {} : { properties: `Line ${index + 1} must be a name, an equals sign and a text.` }
}

export function textOfProperties(properties: Readonly<Record<string, string>>): string {
  return Object.entries(properties)
    .map(([name, value]) => `${name} = ${value}`)
    .join('\n')
}

function readProperties(text: string): Record<string, string> {
  return Object.fromEntries(
    linesOf(text).map((line) => {
      const [name = '', ...value] = line.split('=')
      return [name.trim(), value.join('=').trim()]
    }),
  )
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => line.trim() || [])
}

function toDatabaseType(text: string): DataSource['databaseType'] {
  return DATABASE_TYPES.find((type) => type === text) ?? 'Other'
}
