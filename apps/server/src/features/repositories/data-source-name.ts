const PREFIX = 'datasource:'
const DATA_SOURCE_NAME = new RegExp(`^${PREFIX}([1-9]\\d{0,9})$`)

/** A PostgreSQL `int`. */
const LARGEST_ID = 2_147_483_647

/** What the model calls a data source where it names a repository; no Subversion repository can be called so. */
export function dataSourceName(id: number): string {
  return `${PREFIX}${id}`
}

/** The id of the data source that is called so; undefined for names of repositories. */
export function dataSourceNamed(name: string): number | undefined {
  const [, id] = DATA_SOURCE_NAME.exec(name) ?? []
  return id === undefined || Number(id) > LARGEST_ID ? undefined : Number(id)
}
