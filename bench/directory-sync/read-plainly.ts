import { Client } from 'ldapts'
import { READER, USER_BASE } from '../../tools/slapd/scratch-ldif.ts'

const PAGE_SIZE = 500

export interface Entry {
  readonly dn: string
  readonly uid: string
  readonly mail: string
}

/** Reads what a sync has to know, and does nothing with it. */
export async function readPlainly(url: string, filter: string): Promise<readonly Entry[]> {
  const client = new Client({ url })
  try {
    await client.bind(READER.dn, READER.password)
    const { searchEntries } = await client.search(USER_BASE, {
      scope: 'sub',
      filter,
      attributes: ['uid', 'mail', 'cn'],
      paged: { pageSize: PAGE_SIZE },
    })
    if (searchEntries.length === 0) throw new Error('The directory answered nobody.')
    return searchEntries.map(({ dn, uid, mail }) => ({ dn, uid: String(uid), mail: String(mail) }))
  } finally {
    await client.unbind()
  }
}
