import type { DataSource } from '@portreeve/client'

/** Where it is, as far as that is known: `db.example.org:5432/ledger` */
export function placeOf({ host, port, database }: Pick<DataSource, 'host' | 'port' | 'database'>): string {
  const server = port === undefined ? host : `${host}:${port}`
  return [server, database].filter((part) => part !== '').join('/')
}
