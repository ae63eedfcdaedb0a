import { type HttpCore, path } from './http-core.ts'

export type Role = 'user' | 'admin' | 'superadmin'

/** What somebody may do beyond what teams grant. */
export interface AdminRights {
  readonly role: Role
  /** `allow_modify_users` and the like. */
  readonly flags: readonly string[]
}

export interface Admin extends AdminRights {
  readonly id: string
  readonly username: string
}

/** Who is admin, and of what. */
export class Admins {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  get(userId: string): Promise<Admin> {
    return this.#http.json({ method: 'GET', path: path`/api/users/${userId}/admin` })
  }

  /** Gives exactly these flags. */
  change(userId: string, rights: AdminRights): Promise<Admin> {
    return this.#http.json({ method: 'PUT', path: path`/api/users/${userId}/admin`, body: rights })
  }
}
