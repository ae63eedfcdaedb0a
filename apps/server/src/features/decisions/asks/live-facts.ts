import type { ClientStanding } from '../../permitted-clients/index.ts'
import type { Ask, NamedSpot } from './ask.ts'

/** What holds right now and is no part of the model: nothing of it is ever remembered. */
export interface LiveFacts {
  /** The user asked about; undefined when there is none such in the organisation, nor the visitor. */
  readonly userId: string | undefined
  /** The token asked about; undefined when it is nobody's of the organisation, nor the visitor's. */
  readonly token: TokenFacts | undefined
  /** The connector asked about, or that of the token. */
  readonly connector: ConnectorFacts | undefined
  /** The app asked about, or that of the token or the connector; undefined when none is registered by that id. */
  readonly client: ClientFacts | undefined
  /** How the user stands to the data source asked about; undefined when the organisation has none such. */
  readonly dataSource: DataSourceStanding | undefined
}

export interface TokenFacts {
  readonly expiresAt: Date | undefined
  /** Whether it was issued to an app or a connector, rather than made by the user. */
  readonly isDelegated: boolean
}

export interface ConnectorFacts {
  readonly id: number
  readonly state: string
  /** False for those of other users. */
  readonly isOwn: boolean
  readonly clientId: string
}

export interface ClientFacts extends ClientStanding {
  readonly id: string
  readonly name: string
}

export interface DataSourceStanding {
  readonly isCreator: boolean
  readonly isSteward: boolean
  /** Whether the user is an admin of all data sources. */
  readonly isAdmin: boolean
}

/** What the leaderships of a caller reach. */
export interface Leading {
  /** The teams they were made leader of; those below are theirs, too. */
  readonly teams: ReadonlySet<string>
  /** For each spot whether a team of theirs has a resource there or above. */
  readonly covers: readonly boolean[]
}

/** A user's part in a data source; only users who have one. */
export interface PartInDataSource extends DataSourceStanding {
  readonly userId: string
}

/** A data source that a user may use whatever the rules say. */
export interface UsableDataSource extends DataSourceStanding {
  readonly dataSource: number
}

/** Where facts are looked up. */
export interface Scope {
  readonly organisation: number
  /** The id of a superadmin of another organisation who acts in this one: the only user of another who is found. */
  readonly visitor: string | undefined
}

export interface LiveFactsStore {
  /** One statement for all, in their order. Tokens are looked up by their digests. */
  find(scope: Scope, asks: readonly Ask[]): Promise<readonly LiveFacts[]>
  leading(userId: string, spots: readonly NamedSpot[]): Promise<Leading>
  /** Who has a part in the data source, enabled or not; undefined when the organisation has none such. */
  partsIn(organisation: number, dataSource: number): Promise<readonly PartInDataSource[] | undefined>
  /** The data sources in which a user has a part. */
  usable(
    scope: Scope,
    user: { readonly id: string } | { readonly username: string },
  ): Promise<readonly UsableDataSource[]>
  /** The resources of teams that a user leads. */
  resourcesLed(userId: string): Promise<readonly NamedSpot[]>
}

/** Whether anything but the model decides about it. */
export function needsLiveFacts({ subject, target, client, connector }: Ask): boolean {
  return subject.by === 'token' || target.kind === 'data-source' || client !== undefined || connector !== undefined
}
