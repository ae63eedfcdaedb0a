import type { SettingsBody, SettingsDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import type { HttpCore } from './http-core.ts'

export type Settings = Static<typeof SettingsDto>
export type SettingsChange = Static<typeof SettingsBody>

const PATH = '/api/settings'

/** How the organisation is run. */
export class OrganisationSettings {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  get(): Promise<Settings> {
    return this.#http.json({ method: 'GET', path: PATH })
  }

  /** Changes what is given; answers all of it. */
  change(changes: SettingsChange): Promise<Settings> {
    return this.#http.json({ method: 'PUT', path: PATH, body: changes })
  }
}
