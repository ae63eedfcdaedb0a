import type { Connection } from '../../platform/database/database.ts'
import type { ListSource, PagedLists } from '../../platform/database/paged-list.ts'
import { statement } from '../../platform/database/statement.ts'
import { STILL } from '../../platform/database/version-rows.ts'
import { nameKey } from '../teams/index.ts'
import type {
  AuthorityAccess,
  AuthorityReadModel,
  AuthorityReads,
  AuthorityWrites,
  SealedAuthority,
  SecretSealer,
} from './authority-store.ts'
import type { LdapAuthority } from './ldap-authority.ts'
import { openStored } from './seal-authority.ts'

const SHOWN = `id, name, url, start_tls as "startTls", ca_certificate as "caCertificate", bind_dn as "bindDn",
  user_base as "userBase", user_filter as "userFilter", group_base as "groupBase",
  username_attribute as "usernameAttribute", email_attribute as "emailAttribute",
  display_name_attribute as "displayNameAttribute", page_size as "pageSize", timeout_ms as "timeoutMs"`

const FIND = statement<LdapAuthority>(
  'ldap-authority.find',
  `select ${SHOWN} from ldap_authority where id = $2 and organisation_id = $1`,
)

const FIND_SEALED = statement<SealedAuthority>(
  'ldap-authority.find-sealed',
  `select ${SHOWN}, bind_password as "sealedPassword" from ldap_authority where id = $2 and organisation_id = $1`,
)

const FIND_NAMED = statement<{ id: string }>(
  'ldap-authority.find-named',
  'select id from ldap_authority where organisation_id = $1 and name_key = $2',
)

const COUNT_USES = statement<{ teams: number; users: number }>(
  'ldap-authority.count-uses',
  `select (select count(*)::int from team_version where ldap_authority = $1 and until = ${STILL}) as teams,
          (select count(*)::int from app_user where ldap_authority = $1) as users`,
)

const PUT = statement(
  'ldap-authority.put',
  `insert into ldap_authority (id, organisation_id, name, name_key, url, start_tls, ca_certificate, bind_dn, bind_password,
     user_base, user_filter, group_base, username_attribute, email_attribute, display_name_attribute, page_size, timeout_ms)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
   on conflict (id) do update set
     name = excluded.name, name_key = excluded.name_key, url = excluded.url, start_tls = excluded.start_tls,
     ca_certificate = excluded.ca_certificate, bind_dn = excluded.bind_dn, bind_password = excluded.bind_password,
     user_base = excluded.user_base, user_filter = excluded.user_filter, group_base = excluded.group_base,
     username_attribute = excluded.username_attribute, email_attribute = excluded.email_attribute,
     display_name_attribute = excluded.display_name_attribute, page_size = excluded.page_size,
     timeout_ms = excluded.timeout_ms`,
)

const REMOVE = statement('ldap-authority.remove', 'delete from ldap_authority where id = $2 and organisation_id = $1')

export function sqlAuthorityReads(tx: Connection, organisation: number): AuthorityReads {
  return {
    findAuthority: async (id) => (await tx.query(FIND_SEALED, [organisation, id]))[0],
    findAuthorityNamed: async (key) => (await tx.query(FIND_NAMED, [organisation, key]))[0]?.id,
    countAuthorityUses: async (id) => (await tx.query(COUNT_USES, [id]))[0] ?? { teams: 0, users: 0 },
  }
}

export function sqlAuthorityWrites(tx: Connection, organisation: number): AuthorityWrites {
  const put = async (authority: SealedAuthority): Promise<void> => {
    await tx.query(PUT, [
      authority.id,
      organisation,
      authority.name,
      nameKey(authority.name),
      authority.url,
      authority.startTls,
      authority.caCertificate,
      authority.bindDn,
      authority.sealedPassword,
      authority.userBase,
      authority.userFilter,
      authority.groupBase,
      authority.usernameAttribute,
      authority.emailAttribute,
      authority.displayNameAttribute,
      authority.pageSize,
      authority.timeoutMs,
    ])
  }
  return {
    insertAuthority: put,
    changeAuthority: put,
    removeAuthority: async (id) => {
      await tx.query(REMOVE, [organisation, id])
    },
  }
}

const AUTHORITIES: ListSource<LdapAuthority> = {
  name: 'ldap-authorities',
  base: `select ${SHOWN} from ldap_authority where organisation_id = $1`,
  own: { id: 'base.id', name: 'base.name', url: 'base.url', userBase: 'base."userBase"' },
  select: '*',
  tieBreak: 'id',
}

export function sqlAuthorityReadModel(connection: Connection, lists: PagedLists): AuthorityReadModel {
  return {
    find: async ({ organisation }, id) => (await connection.query(FIND, [organisation, id]))[0],
    list: ({ organisation, version }, request) => lists.page(AUTHORITIES, { scope: [organisation], request, version }),
  }
}

/** Authorities with their passwords opened. */
export function sqlAuthorityAccess(connection: Connection, sealer: SecretSealer): AuthorityAccess {
  return {
    findWithoutSecret: async (organisation, id) => (await connection.query(FIND, [organisation, id]))[0],
    async find(organisation, id) {
      const [authority] = await connection.query(FIND_SEALED, [organisation, id])
      return authority && openStored(sealer, organisation, authority)
    },
  }
}
